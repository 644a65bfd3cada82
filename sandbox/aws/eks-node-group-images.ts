import { acceleratorKind, instanceType } from "../../catalogue/aws/instance-types";
import type { Refusal } from "../check/fault-table";
import { text, texts } from "../check/inputs";
import type { CheckContext, SandboxObject } from "../model";

/** What AWS refuses between the AMI type and the instance types, of the group or of its launch template. */
export function imageRows({ inputs }: CheckContext, template: SandboxObject | undefined): Refusal[] {
	const ami = text(inputs, "amiType");
	if (ami === undefined || ami === "CUSTOM") {
		return [];
	}
	const own = text(template?.outputs, "instanceType");
	const types = [...texts(inputs, "instanceTypes"), ...(own === undefined ? [] : [own])];
	const foreign = types.find((type) => !archFits(ami, type));
	const wanted = driverOf(ami);
	const plain = wanted === undefined ? undefined : types.find((type) => acceleratorKind(type) !== wanted);
	return [
		{
			when: foreign !== undefined,
			property: "instanceTypes",
			reason: `${foreign} is not a valid instance type for ${ami}: its architecture is ${instanceType(foreign ?? "")?.arch}`,
		},
		{
			when: plain !== undefined,
			property: "amiType",
			reason: `${ami} carries the drivers of ${wanted === "nvidia" ? "NVIDIA GPUs" : "Trainium and Inferentia"}, but ${plain} has none of these; choose an AMI type for it`,
		},
	];
}

function archFits(ami: string, type: string): boolean {
	const arch = instanceType(type)?.arch;
	return arch === undefined || (arch === "arm64") === ami.includes("ARM_64");
}

/** The accelerator that an AMI type is for; nothing for standard ones, which AWS takes with any machine. */
function driverOf(ami: string): "nvidia" | "neuron" | undefined {
	if (/_NVIDIA(_FIPS)?$/.test(ami)) {
		return "nvidia";
	}
	return ami.endsWith("_NEURON") ? "neuron" : undefined;
}
