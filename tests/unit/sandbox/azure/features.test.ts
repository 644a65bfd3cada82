import assert from "node:assert/strict";
import { TYPE } from "../../../../sandbox/azure/types";
import type { Stage } from "../stage";
import { assertFault } from "../stage";
import { estate } from "./estate";
import { changed } from "./rows";

/** The estate without the objects of the names. */
function without(...names: readonly string[]): { stage: Stage; of: ReturnType<typeof estate>["of"] } {
	const { stage, of } = estate();
	const gone = names.map((name) => of(name));
	stage.objects.splice(0, stage.objects.length, ...stage.objects.filter((object) => !gone.includes(object)));
	return { stage, of };
}

describe("features of a subscription", () => {
	it("are registered at once", () => {
		const { of } = estate();
		assert.deepEqual(of("infiniband").outputs.properties, { state: "Registered" });
	});

	it("are needed by pools that encrypt their hosts", () => {
		const { stage, of } = without("hostEncryption", "pool");
		const inputs = changed(of("pool").inputs, { enableEncryptionAtHost: true });
		assertFault(
			stage.faults(TYPE.agentPool, inputs),
			"enableEncryptionAtHost",
			/feature Microsoft\.Compute\/EncryptionAtHost/,
		);
	});

	it("are needed by pools on InfiniBand", () => {
		const { stage, of } = without("infiniband", "pool");
		assertFault(stage.faults(TYPE.agentPool, of("pool").inputs), "vmSize", /AKSInfinibandSupport/);
	});

	it("do not take a fabric beyond 100 nodes", () => {
		const { stage, of } = without("pool");
		const inputs = changed(of("pool").inputs, { count: 101, capacityReservationGroupID: null });
		assertFault(stage.faults(TYPE.agentPool, inputs), "count", /at most 100 nodes/);
	});
});

describe("pools within a cluster that exists", () => {
	const { stage, of } = estate();
	const cluster = of("cluster");
	const profiles = cluster.inputs.agentPoolProfiles;
	const first = Array.isArray(profiles) ? profiles[0] : undefined;
	const pool = typeof first === "object" && first !== null && !Array.isArray(first) ? first : {};
	const faults = (changes: readonly object[]) =>
		stage.faults(
			TYPE.cluster,
			{ ...cluster.inputs, agentPoolProfiles: JSON.parse(JSON.stringify(changes)) },
			{ self: cluster },
		);

	it("cannot be rebuilt", () => {
		assertFault(
			faults([{ ...pool, vmSize: "Standard_E8ds_v5" }]),
			"agentPoolProfiles[0].vmSize",
			/cannot change in the pool .* to "Standard_E8ds_v5"/,
		);
	});

	it("cannot be added through the cluster", () => {
		assertFault(
			faults([pool, { ...pool, name: "more", mode: "User" }]),
			"agentPoolProfiles[1]",
			/make an AgentPool of it/,
		);
	});
});
