import { isUnknown, type Properties } from "../../lib/values";
import type { Refusal } from "../check/fault-table";
import { isSet, list, text } from "../check/inputs";

const POLICIES = ["Always", "IfNotPresent", "Never"];

/** Rows that hold for every pod template: selector, container names, restart policy. */
export function templateRows(spec: Properties, at: string, restart: readonly string[]): Refusal[] {
	const containers = list(spec, "template.spec.containers");
	const names = containers.map((container) => text(container, "name"));
	const twice = names.find((name, i) => name !== undefined && names.indexOf(name) !== i);
	const policy = text(spec, "template.spec.restartPolicy");
	return [
		{
			when: isSet(spec, "template.spec") && !isUnknown(spec.template) && containers.length === 0,
			property: `${at}.template.spec.containers`,
			reason: "must hold at least one container",
		},
		{
			when: twice !== undefined,
			property: `${at}.template.spec.containers`,
			reason: `the name ${JSON.stringify(twice)} occurs twice; container names are unique within a pod`,
		},
		{
			when: policy !== undefined && !restart.includes(policy),
			property: `${at}.template.spec.restartPolicy`,
			reason: `must be ${restart.join(" or ")} here, but ${policy} was given`,
		},
		...containers.map((container, i) => ({
			when: !["", ...POLICIES].includes(text(container, "imagePullPolicy") ?? ""),
			property: `${at}.template.spec.containers[${i}].imagePullPolicy`,
			reason: `must be ${POLICIES.join(", ")}, but ${text(container, "imagePullPolicy")} was given`,
		})),
	];
}
