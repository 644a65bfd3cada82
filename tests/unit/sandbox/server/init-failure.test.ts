import assert from "node:assert/strict";
import { status } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { InitFailure, initFailureReply } from "../../../../sandbox/server/init-failure";
import { fromStruct } from "../../../../sandbox/server/wire";

const object = {
	id: "serving/model",
	inputs: { spec: { replicas: 2 }, data: { key: "a" } },
	outputs: { spec: { replicas: 2 }, status: { readyReplicas: 0, list: [1, null, "ü"] } },
};
const reason = "Deployment serving/model is not ready within 30 s: 0 of 2 pods are ready";

describe("initFailureReply", () => {
	const reply = initFailureReply(new InitFailure(reason, object));
	const [packed] = reply.metadata.get("grpc-status-details-bin");
	const message = Status.deserializeBinary(Buffer.from(packed ?? ""));

	it("is an error with the reason, for those who look no further", () => {
		assert.deepEqual([reply.code, reply.details], [status.UNKNOWN, reason]);
		assert.deepEqual([message.getCode(), message.getMessage()], [status.UNKNOWN, reason]);
	});

	it("holds the object as the engine is to keep it, and why it is not ready", () => {
		assert.equal(message.getDetailsList().length, 1);
		const [any] = message.getDetailsList();
		// The engine goes by this name. Source: pulumi/pulumi sdk/go/common/util/rpcutil/rpcerror.
		assert.equal(any?.getTypeName(), "pulumirpc.ErrorResourceInitFailed");
		const detail = ErrorResourceInitFailed.deserializeBinary(any?.getValue_asU8() ?? new Uint8Array());
		assert.equal(detail.getId(), object.id);
		assert.deepEqual(fromStruct(detail.getInputs()), object.inputs);
		assert.deepEqual(fromStruct(detail.getProperties()), object.outputs);
		assert.deepEqual(detail.getReasonsList(), [reason]);
	});
});
