import * as grpc from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as provider from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { answerInvoke } from "../../catalogue/invokes";
import { fromJsonText } from "../../lib/json-text";
import { unwrapAll } from "../../lib/secret-marker";
import type { Properties } from "../../lib/values";
import { checkFacts } from "../check/facts-check";
import { factsFor } from "../facts";
import type { Fault } from "../model";
import type { SandboxPackage } from "../package";
import type { ResourceCall } from "./calls";
import { answerClusterRequest, isClusterRequest } from "./cluster-answers";
import { difference } from "./difference";
import { InitFailure, initFailureReply } from "./init-failure";
import type { Sessions } from "./sessions";
import { fromStruct, toStruct } from "./wire";

interface HasResource {
	getUrn(): string;
	getType(): string;
	getName(): string;
}

/** The calls of Pulumi's provider protocol for one emulated package. */
export function providerService(
	pack: SandboxPackage,
	sessions: Sessions,
): { service: grpc.ServiceDefinition; implementation: grpc.UntypedServiceImplementation } {
	const implementation: grpc.UntypedServiceImplementation = {
		handshake: unary(() => handshake()),
		attach: unary(() => new Empty()),
		cancel: unary(() => new Empty()),
		getPluginInfo: unary(() => pluginInfo(pack)),
		getSchema: unary(() => schema(pack)),
		checkConfig: unary((request: provider.CheckRequest) => checkConfig(pack, request)),
		diffConfig: unary(diffConfig),
		configure: unary((request: provider.ConfigureRequest, peer) => configure(pack, sessions, request, peer)),
		check: unary((request: provider.CheckRequest, peer) => check(sessions, request, peer)),
		diff: unary((request: provider.DiffRequest, peer) => diff(sessions, request, peer)),
		create: unary((request: provider.CreateRequest, peer) => create(sessions, request, peer)),
		read: unary((request: provider.ReadRequest, peer) => read(sessions, request, peer)),
		update: unary((request: provider.UpdateRequest, peer) => update(sessions, request, peer)),
		delete: unary((request: provider.DeleteRequest, peer) => remove(sessions, request, peer)),
		invoke: unary((request: provider.InvokeRequest) => invoke(sessions, request)),
	};
	return { service: ResourceProviderService, implementation };
}

function unary<Q, S>(handle: (request: Q, peer: string) => S | Promise<S>): grpc.handleUnaryCall<Q, S> {
	return async (call, reply) => {
		try {
			reply(null, await handle(call.request, call.getPeer()));
		} catch (error) {
			if (error instanceof InitFailure) {
				reply(initFailureReply(error));
				return;
			}
			reply({ code: grpc.status.UNKNOWN, details: error instanceof Error ? error.message : String(error) });
		}
	};
}

function resource(request: HasResource): ResourceCall {
	const urn = request.getUrn();
	const [type, name] = urn.split("::").slice(2);
	const leaf = type?.split("$").at(-1) ?? "";
	return { urn, type: request.getType() || leaf, name: request.getName() || (name ?? "") };
}

function handshake(): provider.ProviderHandshakeResponse {
	const response = new provider.ProviderHandshakeResponse();
	response.setAcceptSecrets(true);
	return response;
}

function pluginInfo(pack: SandboxPackage): PluginInfo {
	const info = new PluginInfo();
	info.setVersion(pack.version);
	return info;
}

/** The engine asks for a schema only to convert programs; a minimal one says who answers. */
function schema(pack: SandboxPackage): provider.GetSchemaResponse {
	const response = new provider.GetSchemaResponse();
	response.setSchema(JSON.stringify({ name: pack.name, version: pack.version }));
	return response;
}

function checkConfig(pack: SandboxPackage, request: provider.CheckRequest): provider.CheckResponse {
	const news = fromStruct(request.getNews());
	return checked(news, checkFacts(factsFor(pack.name), `pulumi:providers:${pack.name}`, configValues(pack, news)));
}

/**
 * The package's own settings, as their types want them: what is no text arrives as JSON text. `version` and
 * `pluginDownloadURL` are the engine's.
 */
function configValues(pack: SandboxPackage, news: Properties): Properties {
	const types = factsFor(pack.name).resources[`pulumi:providers:${pack.name}`]?.inputs ?? {};
	const entries = Object.entries(unwrapAll(news)).filter(([key]) => key !== "version" && key !== "pluginDownloadURL");
	return Object.fromEntries(
		entries.map(([key, value]) => [key, types[key] === "string" ? value : fromJsonText(value)]),
	);
}

/** A provider instance keeps its objects while its region and account stay; anything else replaces it. */
function diffConfig(request: provider.DiffRequest): provider.DiffResponse {
	const olds = fromStruct(request.getOldInputs() ?? request.getOlds());
	const news = fromStruct(request.getNews());
	const response = new provider.DiffResponse();
	const changed = [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter(
		(key) => key !== "version" && JSON.stringify(olds[key]) !== JSON.stringify(news[key]),
	);
	response.setChanges(
		changed.length > 0 ? provider.DiffResponse.DiffChanges.DIFF_SOME : provider.DiffResponse.DiffChanges.DIFF_NONE,
	);
	response.setDiffsList(changed);
	response.setReplacesList(changed.filter((key) => ["region", "allowedAccountIds", "project"].includes(key)));
	return response;
}

function configure(
	pack: SandboxPackage,
	sessions: Sessions,
	request: provider.ConfigureRequest,
	peer: string,
): provider.ConfigureResponse {
	const faults = sessions.configure(peer, pack, unwrapAll(fromStruct(request.getArgs())));
	if (faults.length > 0) {
		throw new Error(faults.map((fault) => `${pack.name} provider: ${fault.property} ${fault.reason}`).join("; "));
	}
	const response = new provider.ConfigureResponse();
	response.setAcceptsecrets(true);
	response.setSupportspreview(true);
	return response;
}

function checked(inputs: Properties, faults: readonly Fault[]): provider.CheckResponse {
	const response = new provider.CheckResponse();
	response.setInputs(toStruct(inputs));
	response.setFailuresList(
		faults.map((fault) => {
			const failure = new provider.CheckFailure();
			failure.setProperty(fault.property);
			failure.setReason(fault.reason);
			return failure;
		}),
	);
	return response;
}

function check(sessions: Sessions, request: provider.CheckRequest, peer: string): provider.CheckResponse {
	const given = {
		olds: fromStruct(request.getOlds()),
		news: fromStruct(request.getNews()),
		seed: request.getRandomseed_asU8(),
	};
	const { inputs, faults } = sessions.provider(peer).check(resource(request), given);
	return checked(inputs, faults);
}

function diff(sessions: Sessions, request: provider.DiffRequest, peer: string): provider.DiffResponse {
	const olds = fromStruct(request.getOldInputs() ?? request.getOlds());
	const change = { olds, news: fromStruct(request.getNews()), outputs: fromStruct(request.getOlds()) };
	return difference(sessions.provider(peer).diff(resource(request), change, request.getIgnorechangesList()));
}

async function create(
	sessions: Sessions,
	request: provider.CreateRequest,
	peer: string,
): Promise<provider.CreateResponse> {
	const call = resource(request);
	const inputs = fromStruct(request.getProperties());
	const response = new provider.CreateResponse();
	if (request.getPreview()) {
		response.setProperties(toStruct(await sessions.provider(peer).plan(call, inputs)));
		return response;
	}
	const { id, outputs } = await sessions.ask(peer, { operation: "create", urn: call.urn }, (cloud) =>
		cloud.create(call, inputs),
	);
	response.setId(id);
	response.setProperties(toStruct(outputs));
	return response;
}

async function read(sessions: Sessions, request: provider.ReadRequest, peer: string): Promise<provider.ReadResponse> {
	const call = resource(request);
	const response = new provider.ReadResponse();
	const known = { inputs: fromStruct(request.getInputs()), outputs: fromStruct(request.getProperties()) };
	const found = await sessions.ask(peer, { operation: "read", urn: call.urn }, (cloud) =>
		cloud.read(call, request.getId(), known),
	);
	if (found) {
		response.setId(request.getId());
		response.setInputs(toStruct(found.inputs));
		response.setProperties(toStruct(found.outputs));
	}
	return response;
}

async function update(
	sessions: Sessions,
	request: provider.UpdateRequest,
	peer: string,
): Promise<provider.UpdateResponse> {
	const call = resource(request);
	const news = fromStruct(request.getNews());
	const response = new provider.UpdateResponse();
	const olds = fromStruct(request.getOlds());
	const outputs = request.getPreview()
		? await sessions.provider(peer).planUpdate(call, olds, news)
		: await sessions.ask(peer, { operation: "update", urn: call.urn }, (cloud) =>
				cloud.update(call, request.getId(), news, olds),
			);
	response.setProperties(toStruct(outputs));
	return response;
}

async function remove(sessions: Sessions, request: provider.DeleteRequest, peer: string): Promise<Empty> {
	const call = resource(request);
	await sessions.ask(peer, { operation: "delete", urn: call.urn }, (cloud) => cloud.delete(call, request.getId()));
	return new Empty();
}

async function invoke(sessions: Sessions, request: provider.InvokeRequest): Promise<provider.InvokeResponse> {
	const token = request.getTok();
	const args = unwrapAll(fromStruct(request.getArgs()));
	const answer = isClusterRequest(token)
		? await answerClusterRequest(token, args, sessions.clusters)
		: answerInvoke(token, args);
	const response = new provider.InvokeResponse();
	response.setReturn(toStruct(answer));
	return response;
}
