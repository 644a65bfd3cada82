import * as grpc from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import * as language from "@pulumi/pulumi/proto/language_pb";
import { PackageDependency, PluginDependency, PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { cancelChildren } from "./children";
import { installedPackages, type ProviderPlugin } from "./packages";
import { runPlugin } from "./plugin";
import { runProgram } from "./run";

/** Version that the host reports; the engine only prints it. */
const version = "1.0.0";

type Unary<Q, S> = (request: Q) => S | Promise<S>;

/** The calls that the engine makes to run Node programs and policy packs. `engine` is the engine's address. */
export function languageRuntime(engine: string): {
	service: grpc.ServiceDefinition;
	implementation: grpc.UntypedServiceImplementation;
} {
	let engineAddress = engine;
	const implementation: grpc.UntypedServiceImplementation = {
		handshake: unary((request: language.LanguageHandshakeRequest) => {
			engineAddress = request.getEngineAddress() || engineAddress;
			return new language.LanguageHandshakeResponse();
		}),
		getPluginInfo: unary((_: Empty) => pluginInfo()),
		getRequiredPlugins: unary(requiredPlugins),
		getRequiredPackages: unary(requiredPackages),
		getProgramDependencies: unary(programDependencies),
		about: unary((_: language.AboutRequest) => about()),
		runtimeOptionsPrompts: unary((_: language.RuntimeOptionsRequest) => new language.RuntimeOptionsResponse()),
		run: unary((request: language.RunRequest) => runProgram(request, engineAddress)),
		runPlugin: (call: grpc.ServerWritableStream<language.RunPluginRequest, language.RunPluginResponse>) => {
			runPlugin(call).catch((error: Error) =>
				call.destroy(Object.assign(error, { code: grpc.status.UNKNOWN, details: error.message })),
			);
		},
		installDependencies: (call: grpc.ServerWritableStream<language.InstallDependenciesRequest, unknown>) => {
			const details = `dependencies are installed with npm ci in ${call.request.getDirectory()}`;
			call.destroy(Object.assign(new Error(details), { code: grpc.status.FAILED_PRECONDITION, details }));
		},
		cancel: unary((_: Empty) => {
			cancelChildren();
			return new Empty();
		}),
	};
	return { service: LanguageRuntimeService, implementation };
}

function unary<Q, S>(handle: Unary<Q, S>): grpc.handleUnaryCall<Q, S> {
	return (call, reply) => {
		Promise.resolve()
			.then(() => handle(call.request))
			.then((answer) => reply(null, answer))
			.catch((error: Error) => reply({ code: grpc.status.UNKNOWN, details: error.message }));
	};
}

function pluginInfo(): PluginInfo {
	const info = new PluginInfo();
	info.setVersion(version);
	return info;
}

function requiredPlugins(request: language.GetRequiredPluginsRequest): language.GetRequiredPluginsResponse {
	const response = new language.GetRequiredPluginsResponse();
	for (const { plugin } of installedPackages(request.getInfo()?.getProgramDirectory() ?? request.getProgram())) {
		if (plugin) {
			response.addPlugins(described(new PluginDependency(), plugin));
		}
	}
	return response;
}

function requiredPackages(request: language.GetRequiredPackagesRequest): language.GetRequiredPackagesResponse {
	const response = new language.GetRequiredPackagesResponse();
	for (const { plugin } of installedPackages(request.getInfo()?.getProgramDirectory() ?? "")) {
		if (plugin) {
			response.addPackages(described(new PackageDependency(), plugin));
		}
	}
	return response;
}

/** Both messages tell of a provider plugin in the same words. */
function described<D extends PluginDependency | PackageDependency>(dependency: D, plugin: ProviderPlugin): D {
	dependency.setName(plugin.name);
	dependency.setKind("resource");
	dependency.setVersion(plugin.version);
	dependency.setServer(plugin.server);
	return dependency;
}

function programDependencies(request: language.GetProgramDependenciesRequest): language.GetProgramDependenciesResponse {
	const response = new language.GetProgramDependenciesResponse();
	for (const { name, version: installed } of installedPackages(request.getInfo()?.getProgramDirectory() ?? "")) {
		const dependency = new language.DependencyInfo();
		dependency.setName(name);
		dependency.setVersion(installed);
		response.addDependencies(dependency);
	}
	return response;
}

function about(): language.AboutResponse {
	const response = new language.AboutResponse();
	response.setExecutable(process.execPath);
	response.setVersion(process.version);
	return response;
}
