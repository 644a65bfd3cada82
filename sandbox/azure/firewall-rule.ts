import { parseCidr } from "../../lib/cidr";
import type { Value } from "../../lib/values";
import type { Refusal } from "../check/fault-table";
import { flag, isAbsent, list, number, text, texts } from "../check/inputs";

/** Names of domains in application rules: a star stands at the beginning alone. Source: Microsoft Learn, "Azure Firewall FQDN filtering", read 2026-11-28. */
const FQDN = /^(\*|(\*\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z][a-z0-9-]{0,62})$/i;

/** Tags of domains that Azure keeps. Source: Microsoft Learn, "Azure Firewall FQDN tags overview", read 2026-11-28. */
const TAGS = [
	"AppServiceEnvironment",
	"AzureBackup",
	"AzureHDInsight",
	"AzureKubernetesService",
	"CitrixHDXPlusForWindows365",
	"MicrosoftActiveProtectionService",
	"MicrosoftIntune",
	"Windows365",
	"WindowsDiagnostics",
	"WindowsUpdate",
	"WindowsVirtualDesktop",
];

/** What is wrong with one rule of a collection. */
export function ruleFaults(rule: Value, under: string, policy: Value): Refusal[] {
	const kind = text(rule, "ruleType");
	return [
		{ when: isAbsent(rule, "name"), property: `${under}.name`, reason: "is required; set it" },
		{
			when: isAbsent(rule, "sourceAddresses") && isAbsent(rule, "sourceIpGroups"),
			property: `${under}.sourceAddresses`,
			reason: "is required: blocks, addresses or *; set it",
		},
		...texts(rule, "sourceAddresses").map((address, i) => ({
			when: address !== "*" && parseCidr(address.includes("/") ? address : `${address}/32`) === undefined,
			property: `${under}.sourceAddresses[${i}]`,
			reason: `must be a block, an address or *, but ${JSON.stringify(address)} was given`,
		})),
		...(kind === "ApplicationRule" ? applicationRows(rule, under) : []),
		...(kind === "NetworkRule" ? networkRows(rule, under, policy) : []),
	];
}

function applicationRows(rule: Value, under: string): Refusal[] {
	const targets = ["targetFqdns", "fqdnTags", "targetUrls", "webCategories"];
	const given = targets.filter((path) => list(rule, path).length > 0);
	const known = targets.every((path) => isAbsent(rule, path) || list(rule, path).length > 0);
	return [
		{
			when: known && given.length !== 1,
			property: `${under}.targetFqdns`,
			reason: `exactly one of ${targets.join(", ")} is needed, but ${given.join(" and ") || "none"} was given`,
		},
		...texts(rule, "targetFqdns").map((fqdn, i) => ({
			when: !FQDN.test(fqdn),
			property: `${under}.targetFqdns[${i}]`,
			reason: `must be a domain such as example.com or *.example.com, but ${JSON.stringify(fqdn)} was given`,
		})),
		...texts(rule, "fqdnTags").map((tag, i) => ({
			when: !TAGS.includes(tag),
			property: `${under}.fqdnTags[${i}]`,
			reason: `must be a tag that Azure keeps (${TAGS.join(", ")}), but ${JSON.stringify(tag)} was given`,
		})),
		{
			when: isAbsent(rule, "protocols") && given.some((path) => path !== "fqdnTags"),
			property: `${under}.protocols`,
			reason: "is required beside domains: Http or Https with its port; set it",
		},
		...list(rule, "protocols").map((protocol, i) => portRow(number(protocol, "port"), `${under}.protocols[${i}].port`)),
	];
}

function networkRows(rule: Value, under: string, policy: Value): Refusal[] {
	const targets = ["destinationAddresses", "destinationFqdns", "destinationIpGroups"];
	const proxy = flag(policy, "dnsSettings.enableProxy");
	return [
		{
			when: targets.every((path) => isAbsent(rule, path)),
			property: `${under}.destinationAddresses`,
			reason: `one of ${targets.join(", ")} is needed; set one`,
		},
		{
			when: list(rule, "destinationFqdns").length > 0 && proxy !== true,
			property: `${under}.destinationFqdns`,
			reason: "needs the policy's DNS proxy; set dnsSettings.enableProxy on it",
		},
		...texts(rule, "destinationFqdns").map((fqdn, i) => ({
			when: fqdn.includes("*") || !FQDN.test(fqdn),
			property: `${under}.destinationFqdns[${i}]`,
			reason: `must be one domain without a star, but ${JSON.stringify(fqdn)} was given`,
		})),
		...["destinationPorts", "ipProtocols"].map((path) => ({
			when: isAbsent(rule, path),
			property: `${under}.${path}`,
			reason: "is required; set it",
		})),
		...texts(rule, "destinationPorts").map((port, i) => ({
			when: !/^(\*|\d{1,5}(-\d{1,5})?)$/.test(port) || port.split("-").some((each) => Number(each) > 65535),
			property: `${under}.destinationPorts[${i}]`,
			reason: `must be a port, a range of ports or *, but ${JSON.stringify(port)} was given`,
		})),
	];
}

function portRow(port: number | undefined, property: string): Refusal {
	return {
		when: port !== undefined && (port < 1 || port > 64000),
		property,
		reason: `must be 1 to 64000, but ${port} was given`,
	};
}
