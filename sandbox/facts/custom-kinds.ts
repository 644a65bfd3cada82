import type { ObjectFacts, ResourceFacts } from "../facts";

/** Facts of a custom kind: those of the SDK end where a cluster's own kinds begin. */
function customKind(apiVersion: string, kind: string, spec: string): ResourceFacts {
	const inputs = {
		apiVersion: `enum("${apiVersion}")`,
		kind: `enum("${kind}")`,
		metadata: "#meta.v1.ObjectMeta",
		spec: `#${spec}`,
	};
	return {
		inputs,
		required: ["spec"],
		outputs: { ...inputs, status: "map<any>" },
		secretOutputs: [],
		replaceOn: ["metadata.name", "metadata.namespace"],
	};
}

/** Custom kinds in use, by token. Source: the kinds' public references, networking.gke.io/v1, read 2026-11-21. */
export const CUSTOM_KINDS: { readonly [token: string]: ResourceFacts } = {
	"kubernetes:networking.gke.io/v1:GKENetworkParamSet": customKind(
		"networking.gke.io/v1",
		"GKENetworkParamSet",
		"gke.NetworkParamSetSpec",
	),
	"kubernetes:networking.gke.io/v1:Network": customKind("networking.gke.io/v1", "Network", "gke.NetworkSpec"),
};

/** Nested types of the custom kinds. */
export const CUSTOM_OBJECTS: { readonly [name: string]: ObjectFacts } = {
	"gke.NetworkParamSetSpec": {
		fields: { deviceMode: "string", podIPv4Ranges: "map<any>", vpc: "string", vpcSubnet: "string" },
		required: ["vpc", "vpcSubnet"],
	},
	"gke.NetworkSpec": {
		fields: { externalDHCP4: "boolean", gateway4: "string", parametersRef: "#gke.ParametersRef", type: "string" },
		required: ["type"],
	},
	"gke.ParametersRef": {
		fields: { group: "string", kind: "string", name: "string", namespace: "string" },
		required: ["group", "kind", "name"],
	},
};
