import { z } from "zod";
import { groupBy, type ResourceGraph, type ResourceNode } from "../../../lib/graph";
import { controlsOf } from "../../controls";
import { about, fail, problemsOr, undetermined } from "../../judging";
import { readBoolean } from "../../reading";
import { defineRule, type GraphJudgement, type Judgement } from "../../rule";
import { anyOf, type Tri } from "../../tri";
import { regionOf, sharesAccountRegion } from "./account-region";
import { DEVICE_TYPES, type Device, devicesOf, usesTemplate } from "./ebs-devices";

const DEFAULT = "aws:ebs/encryptionByDefault:EncryptionByDefault";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

const params = z.strictObject({
	/** Whether each account and region that makes volumes must also encrypt by default. */
	requireAccountDefault: z.boolean().default(true),
});

/** A05: every volume says that it is encrypted, and the account encrypts what says nothing. */
export const ebsEncryption = defineRule<z.infer<typeof params>>({
	id: "A05",
	name: "ebs-encryption",
	title: "EBS volumes are encrypted, by default too",
	severity: "high",
	level: "mandatory",
	blocksOnUndetermined: true,
	params,
	appliesTo: [...DEVICE_TYPES, DEFAULT],
	controls: controlsOf({
		soc2: ["PI1.5"],
		iso27001: ["A.8.11", "A.8.24"],
		hipaa: ["164.312(a)(2)(iv)", "164.312(c)(1)", "164.312(c)(2)", "164.312(e)(2)(ii)"],
		gdpr: ["Art. 32"],
		nist: ["SC-13", "SC-28", "SC-8", "AU-9", "CM-6", "CM-9"],
		ccm: ["CEK-03", "DSP-07", "DSP-17", "UEM-08"],
		cis: ["3.11"],
	}),
	remedy: "set encrypted on each block device and add aws:ebs/encryptionByDefault for the account and region",
	check: {
		kind: "graph",
		judge: (graph, given) => {
			const makers = graph.ofType(...DEVICE_TYPES);
			return [
				...makers.flatMap((node) => about(node.urn, judgeMaker(graph, node))),
				...(given.requireAccountDefault ? judgeDefaults(graph, makers) : []),
			];
		},
	},
});

function judgeMaker(graph: ResourceGraph, node: ResourceNode): readonly Judgement[] {
	const byDefault = defaultAt(graph, node);
	const problems = devicesOf(node).flatMap((device) => deviceProblems(device, byDefault));
	if (isElsewhere(graph, node) && byDefault !== "yes") {
		problems.push(undetermined("its launch template is not part of this program", "launchTemplate"));
	}
	return problemsOr(problems, "its volumes are encrypted");
}

/** With the account's default on, AWS encrypts every new volume, whatever else is said. */
function deviceProblems({ path, encrypted }: Device, byDefault: Tri): Judgement[] {
	switch (encrypted.kind) {
		case "known":
			return encrypted.value ? [] : [fail("encryption is switched off", path)];
		case "invalid":
			return [fail("encrypted is neither true nor false", path)];
		case "unknown":
			return byDefault === "yes" ? [] : [undetermined("it is not known yet whether the volume is encrypted", path)];
		case "absent":
			return byDefault === "yes" ? [] : [unsaid(path, byDefault)];
	}
}

function unsaid(path: string, byDefault: Tri): Judgement {
	return byDefault === "no"
		? fail("encryption is not set, and the account does not encrypt by default", path)
		: undetermined("encryption is left to the account's default, which is not known yet", path);
}

/** Whether the account encrypts new volumes by default where this resource lives, as far as the program says. */
function defaultAt(graph: ResourceGraph, node: ResourceNode): Tri {
	return anyOf(
		...graph
			.ofType(DEFAULT)
			.filter((setting) => sharesAccountRegion(setting, node))
			.map(isOn),
	);
}

function isOn(setting: ResourceNode): Tri {
	const enabled = readBoolean(setting.inputs, "enabled");
	if (enabled.kind === "unknown") {
		return "maybe";
	}
	// The provider's default is true.
	return enabled.kind === "absent" || (enabled.kind === "known" && enabled.value) ? "yes" : "no";
}

function isElsewhere(graph: ResourceGraph, node: ResourceNode): boolean {
	const missing = graph.sourcesOf(node, "launchTemplate", TEMPLATE).length === 0;
	return usesTemplate(node) && missing && devicesOf(node).length === 0;
}

/** One judgement for each account and region with volumes but no default, on the first resource there. */
function judgeDefaults(graph: ResourceGraph, makers: readonly ResourceNode[]): GraphJudgement[] {
	const places = groupBy(makers, (node) => `${node.cell}\u0000${regionOf(node)}`);
	const absent = [...places.values()].flatMap(([first]) =>
		first && defaultAt(graph, first) === "no" ? about(first.urn, [fail(missingDefault(first))]) : [],
	);
	const off = graph
		.ofType(DEFAULT)
		.filter((setting) => isOn(setting) === "no")
		.flatMap((setting) => about(setting.urn, [fail("encryption by default is switched off", "enabled")]));
	return [...absent, ...off];
}

function missingDefault(node: ResourceNode): string {
	const region = regionOf(node);
	const place = region.startsWith("urn:") || region === "" ? "its provider's region" : region;
	return `the account does not encrypt new volumes by default in ${place}`;
}
