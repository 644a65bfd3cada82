import assert from "node:assert/strict";
import type { Properties } from "../../../lib/values";
import { refuses, Stage } from "./stage";

const PARAMETERS = "kubernetes:networking.gke.io/v1:GKENetworkParamSet";
const NETWORK = "kubernetes:networking.gke.io/v1:Network";
const apiVersion = "networking.gke.io/v1";

const parameters: Properties = {
	apiVersion,
	kind: "GKENetworkParamSet",
	metadata: { name: "gpu-0" },
	spec: { vpc: "gpu-0-vpc", vpcSubnet: "gpu-0", deviceMode: "NetDevice" },
};
const network: Properties = {
	apiVersion,
	kind: "Network",
	metadata: { name: "gpu-0" },
	spec: { type: "Device", parametersRef: { group: "networking.gke.io", kind: "GKENetworkParamSet", name: "gpu-0" } },
};

function stage(): Stage {
	const made = new Stage();
	made.make(PARAMETERS, parameters);
	return made;
}

describe("GKE's network kinds", () => {
	it("take a device network with its parameters", () => {
		assert.equal(stage().make(NETWORK, network).id, "gpu-0");
	});

	refuses(
		() => [
			{
				because: "a network whose parameters are not there",
				type: NETWORK,
				inputs: {
					...network,
					spec: {
						type: "Device",
						parametersRef: { group: "networking.gke.io", kind: "GKENetworkParamSet", name: "x" },
					},
				},
				property: "spec.parametersRef.name",
				reason: /names no GKENetworkParamSet of the cluster: "x"/,
			},
			{
				because: "a misspelt field",
				type: PARAMETERS,
				inputs: { ...parameters, spec: { vpc: "v", vpcSubnet: "s", deviceMod: "RDMA" } },
				property: "spec.deviceMod",
				reason: /deviceMode/,
			},
			{
				because: "parameters that are neither of a device nor of a layer-3 network",
				type: PARAMETERS,
				inputs: { ...parameters, metadata: { name: "gpu-1" }, spec: { vpc: "v", vpcSubnet: "s" } },
				property: "spec.deviceMode",
				reason: /is required for a device network/,
			},
			{
				because: "a form of network that its kind names and GKE does not offer",
				type: NETWORK,
				inputs: { ...network, spec: { ...Object(network.spec), type: "L2" } },
				property: "spec.type",
				reason: /is not offered on GKE: "L2"; use "Device" or "L3"/,
			},
			{
				because: "a misspelt field of an object within",
				type: PARAMETERS,
				inputs: { ...parameters, spec: { vpc: "v", vpcSubnet: "s", podIPv4Ranges: { rangeName: ["a"] } } },
				property: "spec.podIPv4Ranges.rangeName",
				reason: /rangeNames/,
			},
			{
				because: "a mode that GKE does not have",
				type: PARAMETERS,
				inputs: { ...parameters, spec: { vpc: "v", vpcSubnet: "s", deviceMode: "Rdma" } },
				property: "spec.deviceMode",
				reason: /must be "NetDevice", "DPDK-VFIO" or "RDMA"/,
			},
		],
		stage,
	);
});
