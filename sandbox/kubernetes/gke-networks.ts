import { faultsOf } from "../check/fault-table";
import { isAbsent, text } from "../check/inputs";
import type { CheckContext, Fault, TypeModel } from "../model";
import { defineKind } from "./define";

const PARAMETERS = "kubernetes:networking.gke.io/v1:GKENetworkParamSet";

/** A VPC and subnet that nodes have an interface in. Source: GKE, "Set up multi-network support for Pods", 2026-11-21. */
export const gkeNetworkParamSet: TypeModel = defineKind({
	type: PARAMETERS,
	namespaced: false,
	check: ({ inputs }) =>
		faultsOf([
			{
				when: isAbsent(inputs, "spec.podIPv4Ranges") && isAbsent(inputs, "spec.deviceMode"),
				property: "spec.deviceMode",
				reason: "is required for a device network, podIPv4Ranges for a layer-3 one; set one of them",
			},
		]),
	derived: () => ({ status: { conditions: [{ type: "Ready", status: "True", reason: "GNPReady" }] } }),
});

/** A network that pods may ask for by name. */
export const gkeNetwork: TypeModel = defineKind({
	type: "kubernetes:networking.gke.io/v1:Network",
	namespaced: false,
	values: { "spec.parametersRef.kind": ["GKENetworkParamSet"] },
	check: networkFaults,
});

/** A network without its parameters is never ready; the kind names a form that GKE does not offer. */
function networkFaults({ inputs, scope, world }: CheckContext): Fault[] {
	const name = text(inputs, "spec.parametersRef.name");
	const known = world.list(PARAMETERS, scope).some((each) => text(each.outputs, "metadata.name") === name);
	return faultsOf([
		{
			when: text(inputs, "spec.type") === "L2",
			property: "spec.type",
			reason: 'is not offered on GKE: "L2"; use "Device" or "L3"',
		},
		{
			when: name !== undefined && !known,
			property: "spec.parametersRef.name",
			reason: `names no GKENetworkParamSet of the cluster: ${JSON.stringify(name)}; create it first`,
		},
	]);
}
