import assert from "node:assert/strict";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { MockResourceArgs } from "@pulumi/pulumi/runtime";
import { gkeNetwork, gkeNetworkParamSet } from "../../../catalogue/kubernetes/gke-networks";
import { declareNetworks } from "../../../components/cluster/gcp-fabric-objects";
import { customObject } from "../../../components/kubernetes/custom-object";

const metadata = { name: "gpu-0" };

describe("customObject", () => {
	it("adds version and kind to what it is given", () => {
		const spec = { type: "L3", externalDHCP4: true } as const;
		assert.deepEqual(customObject({ kind: gkeNetwork, metadata, spec }), {
			apiVersion: "networking.gke.io/v1",
			kind: "Network",
			metadata,
			spec,
		});
	});

	it("does not compile with a spec that the kind's schema does not have", () => {
		const args = { kind: gkeNetwork, metadata };
		const specs = [
			// @ts-expect-error `typ` is misspelt
			customObject({ ...args, spec: { type: "L3", typ: "L3" } }),
			// @ts-expect-error `type` is required
			customObject({ ...args, spec: { gateway4: "10.0.0.1" } }),
			// @ts-expect-error `type` has no such value
			customObject({ ...args, spec: { type: pulumi.output("L4") } }),
			// @ts-expect-error `parametersRef.name` is required
			customObject({ ...args, spec: { type: "L3", parametersRef: { group: "g", kind: "k" } } }),
		];
		assert.equal(specs.length, 4);
	});
});

describe("custom objects on the SDK's mocks", () => {
	const created: MockResourceArgs[] = [];
	beforeEach(async () => {
		created.length = 0;
		await pulumi.runtime.setMocks({
			newResource: (args) => {
				created.push(args);
				return { id: args.name, state: args.inputs };
			},
			call: () => ({}),
		});
	});

	it("have the kind's type and version, and specs whose outputs are known", async () => {
		const spec = {
			vpc: pulumi.output("vpc"),
			vpcSubnet: "subnet",
			podIPv4Ranges: pulumi.output({ rangeNames: [pulumi.output("pods")] }),
		};
		new kubernetes.apiextensions.CustomResource("n", customObject({ kind: gkeNetworkParamSet, metadata, spec }));
		await pulumi.runtime.disconnect();
		const [made] = created;
		assert.equal(made?.type, "kubernetes:networking.gke.io/v1:GKENetworkParamSet");
		assert.deepEqual(made.inputs, {
			apiVersion: "networking.gke.io/v1",
			kind: "GKENetworkParamSet",
			metadata,
			spec: { vpc: "vpc", vpcSubnet: "subnet", podIPv4Ranges: { rangeNames: ["pods"] } },
		});
	});

	it("declare a fabric's networks and their parameters", async () => {
		const [network, subnetwork] = [pulumi.output("vpc-0"), pulumi.output("subnet-0")];
		declareNetworks(
			"fabric",
			[
				{ key: "gpu-0", network, subnetwork, isRdma: true },
				{ key: "gpu-1", network, subnetwork, isRdma: false },
			],
			{},
		);
		await pulumi.runtime.disconnect();
		const specs = Object.fromEntries(created.map(({ name, inputs }) => [name, inputs.spec]));
		const reference = (name: string) => ({ group: "networking.gke.io", kind: "GKENetworkParamSet", name });
		assert.deepEqual(specs, {
			"fabric-gpu-0-parameters": { vpc: "vpc-0", vpcSubnet: "subnet-0", deviceMode: "RDMA" },
			"fabric-gpu-0": { type: "Device", parametersRef: reference("gpu-0") },
			"fabric-gpu-1-parameters": { vpc: "vpc-0", vpcSubnet: "subnet-0", deviceMode: "NetDevice" },
			"fabric-gpu-1": { type: "Device", parametersRef: reference("gpu-1") },
		});
	});
});
