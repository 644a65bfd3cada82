import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import * as proto from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { previewOutputs } from "../catalogue/computed-fields";
import { answerInvoke } from "../catalogue/invokes";
import { projectRoot } from "../lib/folders";
import type { ProviderRef, ResourceNode, ResourceOptions } from "../lib/graph";
import { resourceUrn, stackType, typeOfUrn } from "../lib/names";
import { redactAll } from "../lib/secret-marker";
import { type Properties, UNKNOWN } from "../lib/values";

type Reply<T> = (error: Error | null, response?: T) => void;

/** A node without its cell, which is known only when all are recorded. */
export type RecordedNode = Omit<ResourceNode, "cell">;

/** A resource as the program registers it. */
export interface Registration {
	readonly urn: string;
	readonly type: string;
	readonly name: string;
	/** As the program gives them, secrets marked. */
	readonly inputs: Properties;
	/** URN of its provider, `::` and the provider's id; empty for providers themselves. */
	readonly provider: string;
}

/** Makes what the program registers, so that ids and computed outputs are known. */
export interface Maker {
	make(registration: Registration): Promise<{ readonly id: string; readonly outputs: Properties }>;
	/** What another stack exports, or nothing where it is not known. */
	outputsOf(stack: string): Properties | undefined;
	/** Takes what a stack exports. */
	exported(stack: string, outputs: Properties): void;
}

/**
 * Stands where the engine's resource monitor would: answers as a first preview does (inputs known, ids and computed
 * outputs unknown) and keeps every registration. With a maker, it answers with what that makes. The methods are those
 * that the SDK calls.
 */
export class Recorder {
	readonly nodes: RecordedNode[] = [];
	private readonly regions = new Map<string, string>();

	constructor(
		private readonly project: string,
		private readonly stack: string,
		private readonly maker?: Maker,
	) {}

	registerResource(request: proto.RegisterResourceRequest, reply: Reply<proto.RegisterResourceResponse>): void {
		const inputs = bag(request.getObject());
		const urn = this.record(request, inputs, {
			custom: request.getCustom(),
			dependencies: request.getDependenciesList(),
			propertyDependencies: propertyDependencies(request),
			options: optionsOf(request),
		});
		const response = new proto.RegisterResourceResponse();
		response.setUrn(urn);
		if (!request.getCustom()) {
			reply(null, response);
			return;
		}
		if (this.maker === undefined) {
			response.setObject(Struct.fromJavaScript(previewOutputs(request.getType(), inputs)));
			reply(null, response);
			return;
		}
		const [type, name, provider] = [request.getType(), request.getName(), request.getProvider()];
		this.maker.make({ urn, type, name, inputs, provider }).then(({ id, outputs }) => {
			response.setId(id);
			response.setObject(Struct.fromJavaScript(outputs));
			reply(null, response);
		}, reply);
	}

	readResource(request: proto.ReadResourceRequest, reply: Reply<proto.ReadResourceResponse>): void {
		const inputs = bag(request.getProperties());
		const urn = this.record(request, inputs, {
			custom: true,
			dependencies: request.getDependenciesList(),
			propertyDependencies: {},
			options: {},
		});
		const response = new proto.ReadResourceResponse();
		response.setUrn(urn);
		const stack = typeof inputs.name === "string" ? (inputs.name.split("/").at(-1) ?? "") : "";
		const outputs = this.maker?.outputsOf(stack) ?? UNKNOWN;
		response.setProperties(Struct.fromJavaScript({ ...inputs, outputs, secretOutputNames: UNKNOWN }));
		reply(null, response);
	}

	registerResourceOutputs(request: proto.RegisterResourceOutputsRequest, reply: Reply<Empty>): void {
		if (typeOfUrn(request.getUrn()) === stackType) {
			this.maker?.exported(this.stack, bag(request.getOutputs()));
		}
		reply(null, new Empty());
	}

	invoke(request: proto.ResourceInvokeRequest, reply: Reply<InvokeResponse>): void {
		try {
			const response = new InvokeResponse();
			response.setReturn(Struct.fromJavaScript(answerInvoke(request.getTok(), bag(request.getArgs()))));
			reply(null, response);
		} catch (error) {
			reply(error instanceof Error ? error : new Error(String(error)));
		}
	}

	supportsFeature(_: proto.SupportsFeatureRequest, reply: Reply<proto.SupportsFeatureResponse>): void {
		reply(null, new proto.SupportsFeatureResponse());
	}

	close(): void {}

	private record(
		request: proto.RegisterResourceRequest | proto.ReadResourceRequest,
		inputs: Properties,
		rest: Pick<RecordedNode, "custom" | "dependencies" | "propertyDependencies" | "options">,
	): string {
		const type = request.getType();
		const name = request.getName();
		const parent = request.getParent();
		const urn = resourceUrn(this.stack, this.project, { type, name }, parent);
		if (type === stackType) {
			return urn;
		}
		// Azure's provider calls its region a location.
		const region = inputs.region ?? inputs.location;
		if (type.startsWith("pulumi:providers:") && typeof region === "string") {
			this.regions.set(urn, region);
		}
		const provider = this.providerOf(request.getProvider());
		const source = sourceOf(request);
		this.nodes.push({
			urn,
			type,
			name,
			custom: rest.custom,
			...(parent === "" || typeOfUrn(parent) === stackType ? {} : { parent }),
			...(provider ? { provider } : {}),
			inputs: redactAll(inputs),
			dependencies: [...rest.dependencies].sort(),
			propertyDependencies: rest.propertyDependencies,
			options: rest.options,
			...(source ? { source } : {}),
		});
		return urn;
	}

	/** The engine writes a provider as its URN, `::` and its id, which is unknown before it exists. */
	private providerOf(reference: string): ProviderRef | undefined {
		if (reference === "") {
			return undefined;
		}
		const urn = reference.slice(0, reference.lastIndexOf("::"));
		const region = this.regions.get(urn);
		const name = typeOfUrn(urn).replace("pulumi:providers:", "");
		return { urn, package: name, ...(region === undefined ? {} : { region }) };
	}
}

function bag(struct: Struct | undefined): Properties {
	const properties: Properties = struct?.toJavaScript() ?? {};
	return properties;
}

function propertyDependencies(request: proto.RegisterResourceRequest): { [property: string]: string[] } {
	const found: [string, string[]][] = [];
	request.getPropertydependenciesMap().forEach((dependencies, property) => {
		const urns = [...dependencies.getUrnsList()].sort();
		if (urns.length > 0) {
			found.push([property, urns]);
		}
	});
	return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function optionsOf(request: proto.RegisterResourceRequest): ResourceOptions {
	const timeouts = request.getCustomtimeouts()?.toObject();
	const set = Object.entries(timeouts ?? {}).filter(([, value]) => value !== "");
	return {
		...(request.getProtect() ? { protect: true } : {}),
		...(request.getIgnorechangesList().length > 0 ? { ignoreChanges: request.getIgnorechangesList() } : {}),
		...(request.getReplaceonchangesList().length > 0 ? { replaceOnChanges: request.getReplaceonchangesList() } : {}),
		...(request.getRetainondelete() ? { retainOnDelete: true } : {}),
		...(request.getDeletebeforereplace() ? { deleteBeforeReplace: true } : {}),
		...(request.getAliasurnsList().length > 0 ? { aliases: request.getAliasurnsList() } : {}),
		...(set.length > 0 ? { customTimeouts: Object.fromEntries(set) } : {}),
	};
}

/** The nearest frame in the project's own code; where a program's line stands, whatever the SDK puts above it. */
function sourceOf(
	request: proto.RegisterResourceRequest | proto.ReadResourceRequest,
): { file: string; line: number } | undefined {
	const frames = request.getStacktrace()?.getFramesList() ?? [];
	const positions = [request.getSourceposition(), ...frames.map((frame) => frame.getPc())];
	for (const position of positions) {
		const uri = position?.getUri() ?? "";
		if (uri.startsWith("file:") && !uri.includes("/node_modules/")) {
			const file = relative(projectRoot, fileURLToPath(uri));
			if (!file.startsWith("..")) {
				return { file, line: position?.getLine() ?? 0 };
			}
		}
	}
	return undefined;
}
