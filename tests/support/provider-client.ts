import { credentials } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as pb from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Properties } from "../../lib/values";

/** A provider of the sandbox, asked over its port as the engine asks it. */
export class ProviderClient {
	private readonly client: ResourceProviderClient;

	constructor(port: number) {
		this.client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
	}

	/** Configures this connection's provider instance. */
	configure(config: Properties): Promise<void> {
		const request = new pb.ConfigureRequest();
		request.setArgs(Struct.fromJavaScript(config));
		request.setAcceptsecrets(true);
		return new Promise((resolve, reject) => {
			this.client.configure(request, (error) => (error ? reject(error) : resolve()));
		});
	}

	/** Creates an object and gives its id. */
	create(urn: string, inputs: Properties): Promise<{ id: string; outputs: Properties }> {
		const request = new pb.CreateRequest();
		request.setUrn(urn);
		request.setProperties(Struct.fromJavaScript(inputs));
		return new Promise((resolve, reject) => {
			this.client.create(request, (error, answer) =>
				error ? reject(error) : resolve({ id: answer.getId(), outputs: answer.getProperties()?.toJavaScript() ?? {} }),
			);
		});
	}

	delete(urn: string, id: string): Promise<void> {
		const request = new pb.DeleteRequest();
		request.setUrn(urn);
		request.setId(id);
		return new Promise((resolve, reject) => {
			this.client.delete(request, (error) => (error ? reject(error) : resolve()));
		});
	}

	close(): void {
		this.client.close();
	}
}
