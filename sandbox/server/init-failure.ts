import { Metadata, status } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import type { Properties } from "../../lib/values";
import { toStruct } from "./wire";

/** An object as the engine keeps it. */
export interface MadeObject {
	readonly id: string;
	readonly inputs: Properties;
	readonly outputs: Properties;
}

/** An object that exists and did not become ready: the engine keeps it and tries again at the next update. */
export class InitFailure extends Error {
	constructor(
		reason: string,
		readonly object: MadeObject,
	) {
		super(reason);
	}
}

/** The failure as the engine understands it: an error whose details hold the object. */
export function initFailureReply(failure: InitFailure): { code: status; details: string; metadata: Metadata } {
	const { id, inputs, outputs } = failure.object;
	const detail = new ErrorResourceInitFailed();
	detail.setId(id);
	detail.setInputs(toStruct(inputs));
	detail.setProperties(toStruct(outputs));
	detail.setReasonsList([failure.message]);
	const packed = new Any();
	packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
	const message = new Status();
	message.setCode(status.UNKNOWN);
	message.setMessage(failure.message);
	message.addDetails(packed);
	const metadata = new Metadata();
	// Where gRPC keeps an error's details; Node's gRPC has no field for them.
	metadata.add("grpc-status-details-bin", Buffer.from(message.serializeBinary()));
	return { code: status.UNKNOWN, details: failure.message, metadata };
}
