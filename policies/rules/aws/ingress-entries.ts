import type { ResourceNode } from "../../../lib/graph";
import { isObject, type Properties, type Value } from "../../../lib/values";
import { type ListReading, type Reading, readList, readNumber, readText } from "../../reading";
import type { Tri } from "../../tri";

/** One way in, whatever resource writes it. */
export interface IngressEntry {
	/** Where it stands in the resource; empty where the resource is the entry. */
	readonly path: string;
	/** `no` for a rule about egress. */
	readonly isIngress: Tri;
	readonly protocol: Reading<string>;
	readonly fromPort: Reading<number>;
	readonly toPort: Reading<number>;
	/** Address blocks that may enter. */
	readonly sources: readonly string[];
	/** False where a source is not known. */
	readonly complete: boolean;
}

/** The entries of a resource; `complete` is false where a whole entry is not known. */
export interface Ingress {
	readonly entries: readonly IngressEntry[];
	readonly complete: boolean;
}

const READERS: { readonly [type: string]: (inputs: Properties) => Ingress } = {
	"aws:ec2/securityGroup:SecurityGroup": inlineEntries,
	"aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": inlineEntries,
	"aws:ec2/securityGroupRule:SecurityGroupRule": (inputs) => ({
		entries: [{ ...entryOf("", inputs, "protocol", ["cidrBlocks", "ipv6CidrBlocks"]), isIngress: direction(inputs) }],
		complete: true,
	}),
	"aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": (inputs) => ({
		entries: [entryOf("", inputs, "ipProtocol", ["cidrIpv4", "cidrIpv6"])],
		complete: true,
	}),
};

/** Type tokens of what lets traffic in. */
export const INGRESS_TYPES: readonly string[] = Object.keys(READERS);

/** The ways in that a resource opens. */
export function ingressOf(node: ResourceNode): Ingress {
	return READERS[node.type]?.(node.inputs) ?? { entries: [], complete: true };
}

function inlineEntries(inputs: Properties): Ingress {
	const list = readList(inputs, "ingress");
	const entries = list.items
		.filter(({ value }) => isObject(value))
		.map(({ path, value }) => entryOf(path, value, "protocol", ["cidrBlocks", "ipv6CidrBlocks"]));
	return { entries, complete: list.complete };
}

function entryOf(path: string, value: Value, protocol: string, sourcePaths: readonly string[]): IngressEntry {
	const lists = sourcePaths.map((sourcePath) => readList(value, sourcePath));
	return {
		path,
		isIngress: "yes",
		protocol: readText(value, protocol),
		fromPort: readNumber(value, "fromPort"),
		toPort: readNumber(value, "toPort"),
		sources: lists.flatMap(textsOf),
		complete: lists.every((list) => list.complete),
	};
}

/** What is no text stays as something that is no address block; the empty text says nothing, as for providers. */
function textsOf(list: ListReading): string[] {
	return list.items.map(({ value }) => (typeof value === "string" ? value : "not text")).filter((text) => text !== "");
}

function direction(inputs: Properties): Tri {
	const type = readText(inputs, "type");
	if (type.kind === "unknown") {
		return "maybe";
	}
	return type.kind === "known" && type.value.toLowerCase() === "egress" ? "no" : "yes";
}
