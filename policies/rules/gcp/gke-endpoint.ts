import type { ResourceNode } from "../../../lib/graph";
import { reachOf } from "../../addresses";
import { at, isHidden, readList, readText } from "../../reading";
import { isOff, isOn, type Setting } from "../../settings";
import { allOf, anyOf, type Tri } from "../../tri";

const NETWORKS = "masterAuthorizedNetworksConfig";
const ENDPOINTS = "controlPlaneEndpointsConfig";

/** That the internet does not reach the Kubernetes API by an address, nor by the cluster's DNS name. */
export function endpointSettings({ inputs }: ResourceNode): Setting[] {
	return [
		{
			property: "privateClusterConfig.enablePrivateEndpoint",
			holds: anyOf(
				isOn(inputs, "privateClusterConfig.enablePrivateEndpoint"),
				isOff(inputs, `${ENDPOINTS}.ipEndpointsConfig.enabled`),
				limitedNetworks(inputs),
			),
			reason: "the public endpoint is not limited to named networks",
		},
		{
			property: `${ENDPOINTS}.dnsEndpointConfig.allowExternalTraffic`,
			holds: isOff(inputs, `${ENDPOINTS}.dnsEndpointConfig.allowExternalTraffic`, "yes"),
			reason: "the DNS endpoint takes traffic from the internet",
		},
	];
}

/** A list without blocks admits nodes only; the public addresses of Google Cloud are those of every customer. */
function limitedNetworks(inputs: ResourceNode["inputs"]): Tri {
	const config = at(inputs, NETWORKS);
	if (config === undefined) {
		return "no";
	}
	const blocks = readList(inputs, `${NETWORKS}.cidrBlocks`);
	const texts = blocks.items.map(({ value }) => readText(value, "cidrBlock"));
	const named = texts.flatMap((text) =>
		text.kind === "unknown" ? [] : [text.kind === "known" ? text.value : "not text"],
	);
	const complete = !isHidden(config) && blocks.complete && texts.every(({ kind }) => kind !== "unknown");
	const limited: Tri = reachOf(named) !== "limited" ? "no" : complete ? "yes" : "maybe";
	return allOf(limited, isOff(inputs, `${NETWORKS}.gcpPublicCidrsAccessEnabled`, "yes"));
}
