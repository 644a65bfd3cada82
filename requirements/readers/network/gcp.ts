import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { type Value, valuesAt } from "../../../lib/values";
import { comesFrom, flagAt, isAnyAddress, textAt } from "../../counting";
import { openPolicyRules, policyRefusesEgress } from "./gcp-firewall-policies";
import type { NetworkReader, TrafficDirection } from "./network";

const NETWORK = "gcp:compute/network:Network";
const FIREWALL = "gcp:compute/firewall:Firewall";

/** VPC networks with their firewall rules, GKE endpoints and dataplanes. */
export const gcpNetwork: NetworkReader = {
	// Each network has two rules that are not shown: what comes in is denied, what goes out allowed (unverified).
	networks: (graph) =>
		graph.ofType(NETWORK).map((node) => ({
			node,
			refuses: {
				ingress: true,
				egress: isRdma(node) || refusesEgress(graph, node) || policyRefusesEgress(graph, node),
			},
		})),
	// A subnet has no route of its own: addresses decide, which the pools say.
	isPrivate: () => true,
	openRules: (graph, direction) => [
		...graph.ofType(FIREWALL).filter((firewall) => isOpen(firewall, direction)),
		...openPolicyRules(graph, direction),
	],
	isEndpointClosed,
	enforcesPolicies: (_, { inputs }) =>
		textAt(inputs, "datapathProvider") === "ADVANCED_DATAPATH" || flagAt(inputs, "networkPolicy.enabled") === true,
};

/** A network with an RDMA profile joins interfaces of one zone and leads nowhere else. Source: GKE and VPC, "RDMA network profiles", unverified. */
function isRdma({ inputs }: ResourceNode): boolean {
	return textAt(inputs, "networkProfile")?.includes("-vpc-roce") === true;
}

/** One rule for every machine that denies every protocol to every address. */
function refusesEgress(graph: ResourceGraph, network: ResourceNode): boolean {
	return graph
		.ofType(FIREWALL)
		.filter((firewall) => comesFrom(graph, firewall, { property: "network", source: network }))
		.some((firewall) => {
			const { inputs } = firewall;
			const targets = [...valuesAt(inputs, "targetTags[]"), ...valuesAt(inputs, "targetServiceAccounts[]")];
			const all = valuesAt(inputs, "denies[]").some(({ value }) => textAt(value, "protocol") === "all");
			return isInForce(firewall, "egress") && all && targets.length === 0 && isAnywhere(inputs, "egress");
		});
}

function isOpen(firewall: ResourceNode, direction: TrafficDirection): boolean {
	const { inputs } = firewall;
	const allows = valuesAt(inputs, "allows[]").map(({ value }) => value);
	const https = direction === "ingress" && allows.every(isHttps);
	return isInForce(firewall, direction) && allows.length > 0 && !https && isAnywhere(inputs, direction);
}

function isInForce({ inputs }: ResourceNode, direction: TrafficDirection): boolean {
	const given = textAt(inputs, "direction") ?? "INGRESS";
	return given.toLowerCase() === direction && flagAt(inputs, "disabled") !== true;
}

/** A rule that names neither addresses nor sources is for every address. */
function isAnywhere(inputs: Value, direction: TrafficDirection): boolean {
	const ranges = valuesAt(inputs, direction === "ingress" ? "sourceRanges[]" : "destinationRanges[]");
	const sources = [...valuesAt(inputs, "sourceTags[]"), ...valuesAt(inputs, "sourceServiceAccounts[]")];
	return ranges.some(({ value }) => isAnyAddress(value)) || (ranges.length === 0 && sources.length === 0);
}

function isHttps(allow: Value): boolean {
	const ports = valuesAt(allow, "ports[]").map(({ value }) => String(value));
	return textAt(allow, "protocol") === "tcp" && ports.length > 0 && ports.every((port) => port === "443");
}

/** Only a private endpoint, or a list of addresses; the DNS endpoint and Google's own addresses may not open it again. */
function isEndpointClosed({ inputs }: ResourceNode): boolean {
	const list = "masterAuthorizedNetworksConfig";
	const cidrs = valuesAt(inputs, `${list}.cidrBlocks[].cidrBlock`).map(({ value }) => value);
	const listed = cidrs.length > 0 && !cidrs.some(isAnyAddress);
	const guarded = listed && flagAt(inputs, `${list}.gcpPublicCidrsAccessEnabled`) === false;
	const byName = flagAt(inputs, "controlPlaneEndpointsConfig.dnsEndpointConfig.allowExternalTraffic") === true;
	return !byName && (flagAt(inputs, "privateClusterConfig.enablePrivateEndpoint") === true || guarded);
}
