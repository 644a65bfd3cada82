import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { credentials } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as pb from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { ResourceNode } from "../../lib/graph";

const ROOT = path.resolve(__dirname, "../..");

/** What a policy pack answered about a resource or a stack. */
export interface PackReport {
	readonly policy: string;
	readonly level: "mandatory" | "advisory" | "other";
	readonly message: string;
	readonly urn: string;
}

/** A policy pack in a process of its own, started as a language host starts it and asked as the engine asks. */
export class ServedPack {
	private constructor(
		private readonly child: ChildProcess,
		private readonly client: AnalyzerClient,
	) {}

	/** Starts the pack of a folder below the project's root with a stack's configuration. */
	static async start(folder: string, config: { readonly [key: string]: string }): Promise<ServedPack> {
		const pack = path.join(ROOT, folder);
		const runner = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
		const env = { ...process.env, PULUMI_CONFIG: JSON.stringify(config) };
		const child = spawn(process.execPath, [runner, "127.0.0.1:1", pack], { cwd: pack, env, stdio: "pipe" });
		const port = await firstLine(child);
		return new ServedPack(child, new AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure()));
	}

	/** Names of the pack's policies. */
	policies(): Promise<string[]> {
		return new Promise((resolve, reject) => {
			this.client.getAnalyzerInfo(new Empty(), (error, info) =>
				error ? reject(error) : resolve(info.getPoliciesList().map((policy) => policy.getName())),
			);
		});
	}

	/** What the resource policies say of a resource's checked inputs. */
	analyze(node: ResourceNode): Promise<PackReport[]> {
		const request = new pb.AnalyzeRequest().setType(node.type).setName(node.name).setUrn(node.urn);
		request.setProperties(Struct.fromJavaScript(node.inputs)).setOptions(new pb.AnalyzerResourceOptions());
		return new Promise((resolve, reject) => {
			this.client.analyze(request, (error, answer) => (error ? reject(error) : resolve(reportsOf(answer))));
		});
	}

	/** What the stack policies say of resources with their outputs. */
	analyzeStack(nodes: readonly ResourceNode[]): Promise<PackReport[]> {
		const request = new pb.AnalyzeStackRequest().setResourcesList(nodes.map(resourceOf));
		return new Promise((resolve, reject) => {
			this.client.analyzeStack(request, (error, answer) => (error ? reject(error) : resolve(reportsOf(answer))));
		});
	}

	stop(): void {
		this.client.close();
		this.child.kill("SIGKILL");
	}
}

function resourceOf(node: ResourceNode): pb.AnalyzerResource {
	const resource = new pb.AnalyzerResource().setType(node.type).setName(node.name).setUrn(node.urn);
	resource.setProperties(Struct.fromJavaScript(node.inputs)).setOptions(new pb.AnalyzerResourceOptions());
	resource.setDependenciesList([...node.dependencies]);
	for (const property of Object.keys(node.inputs)) {
		const urns = node.propertyDependencies[property] ?? [];
		resource.getPropertydependenciesMap().set(property, new pb.AnalyzerPropertyDependencies().setUrnsList([...urns]));
	}
	if (node.provider) {
		const { urn, package: name, region } = node.provider;
		const provider = new pb.AnalyzerProviderResource().setUrn(urn).setType(`pulumi:providers:${name}`).setName(name);
		resource.setProvider(provider.setProperties(Struct.fromJavaScript(region ? { region } : {})));
	}
	return resource;
}

function reportsOf(answer: pb.AnalyzeResponse): PackReport[] {
	return answer.getDiagnosticsList().map((diagnostic) => ({
		policy: diagnostic.getPolicyname(),
		level: levelOf(diagnostic.getEnforcementlevel()),
		message: diagnostic.getMessage(),
		urn: diagnostic.getUrn(),
	}));
}

function levelOf(level: pb.EnforcementLevel): PackReport["level"] {
	switch (level) {
		case pb.EnforcementLevel.MANDATORY:
			return "mandatory";
		case pb.EnforcementLevel.ADVISORY:
			return "advisory";
		default:
			return "other";
	}
}

function firstLine(child: ChildProcess): Promise<string> {
	return new Promise((resolve, reject) => {
		let text = "";
		let errors = "";
		child.stderr?.on("data", (chunk) => {
			errors += String(chunk);
		});
		child.stdout?.on("data", (chunk) => {
			text += String(chunk);
			if (text.includes("\n")) {
				resolve(text.trim());
			}
		});
		child.once("exit", (code) => reject(new Error(`the pack ended with ${code}: ${errors}`)));
	});
}
