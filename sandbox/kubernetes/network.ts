import { isCanonical, parseCidr } from "../../lib/cidr";
import type { Properties } from "../../lib/values";
import { faultsOf, type Refusal } from "../check/fault-table";
import { isSet, list, number, object, text, texts } from "../check/inputs";
import type { CreateContext, TypeModel } from "../model";
import { defineKind } from "./define";
import { LABEL } from "./names";

/** Which traffic reaches and leaves pods. */
export const networkPolicy: TypeModel = defineKind({
	type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
	values: {
		"spec.policyTypes[]": ["Ingress", "Egress"],
		"spec.ingress[].ports[].protocol": ["TCP", "UDP", "SCTP"],
		"spec.egress[].ports[].protocol": ["TCP", "UDP", "SCTP"],
	},
	check: ({ inputs }) => faultsOf([...blockRows(inputs, "ingress", "from"), ...blockRows(inputs, "egress", "to")]),
	derived: ({ inputs }) => {
		const spec = object(inputs, "spec");
		const types = ["Ingress", ...(isSet(spec, "egress") ? ["Egress"] : [])];
		return { spec: { podSelector: {}, policyTypes: types, ...spec } };
	},
});

/** Address blocks of peers, and the exceptions inside them. */
function blockRows(inputs: Properties, direction: string, peers: string): Refusal[] {
	return list(inputs, `spec.${direction}`).flatMap((rule, i) =>
		list(rule, peers).flatMap((peer, j) => {
			const at = `spec.${direction}[${i}].${peers}[${j}].ipBlock`;
			const blocks = [text(peer, "ipBlock.cidr"), ...texts(peer, "ipBlock.except")].filter(
				(block) => block !== undefined,
			);
			return blocks.map((block) => {
				const parsed = parseCidr(block);
				return {
					when: parsed === undefined || !isCanonical(parsed),
					property: at,
					reason: `must be a network address such as 10.0.0.0/8, but ${JSON.stringify(block)} was given`,
				};
			});
		}),
	);
}

/** A name and an address for a set of pods. */
export const service: TypeModel = defineKind({
	type: "kubernetes:core/v1:Service",
	names: LABEL,
	values: {
		"spec.type": ["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"],
		"spec.sessionAffinity": ["None", "ClientIP"],
		"spec.externalTrafficPolicy": ["Cluster", "Local"],
		"spec.internalTrafficPolicy": ["Cluster", "Local"],
		"spec.ipFamilyPolicy": ["SingleStack", "PreferDualStack", "RequireDualStack"],
		"spec.ports[].protocol": ["TCP", "UDP", "SCTP"],
	},
	check: ({ inputs }) => faultsOf(serviceRows(inputs)),
	derived: (context) => ({ spec: filledSpec(context), status: { loadBalancer: {} } }),
});

function serviceRows(inputs: Properties): Refusal[] {
	const ports = list(inputs, "spec.ports");
	const external = text(inputs, "spec.type") === "ExternalName";
	return [
		{
			when: external && !isSet(inputs, "spec.externalName"),
			property: "spec.externalName",
			reason: "is required for type ExternalName",
		},
		{
			when: isSet(inputs, "spec.type") && !external && ports.length === 0 && text(inputs, "spec.clusterIP") !== "None",
			property: "spec.ports",
			reason: "must hold at least one port unless clusterIP is None",
		},
		...ports.flatMap((port, i) => {
			const value = number(port, "port");
			return [
				{
					when: value !== undefined && (value < 1 || value > 65535 || !Number.isInteger(value)),
					property: `spec.ports[${i}].port`,
					reason: `must be 1 to 65535, but ${value} was given`,
				},
				{
					when: ports.length > 1 && !isSet(port, "name"),
					property: `spec.ports[${i}].name`,
					reason: "is required where a service has several ports",
				},
			];
		}),
	];
}

/** The service's address comes from 10.96.0.0/12 unless it has one; headless services have none. */
function filledSpec(context: CreateContext): Properties {
	const spec = object(context.inputs, "spec");
	const before = text(context.self?.outputs, "spec.clusterIP");
	const octet = () => Number(context.digits(3)) % 250;
	const address = text(spec, "clusterIP") ?? before ?? `10.${96 + (octet() % 16)}.${octet()}.${octet() + 1}`;
	const ports = list(spec, "ports").map((port) => ({
		protocol: "TCP",
		targetPort: number(port, "port") ?? 0,
		...(typeof port === "object" && port !== null && !Array.isArray(port) ? port : {}),
	}));
	return {
		clusterIP: address,
		clusterIPs: [address],
		internalTrafficPolicy: "Cluster",
		ipFamilies: ["IPv4"],
		ipFamilyPolicy: "SingleStack",
		sessionAffinity: "None",
		type: "ClusterIP",
		...spec,
		...(ports.length > 0 ? { ports } : {}),
	};
}
