import { parseType } from "../check/type-grammar";
import { factsOfType } from "../facts";

/** Every EC2 instance type that the SDK lists, from the facts of CapacityReservation; read once. */
export function instanceTypeNames(): readonly string[] {
	names ??= read();
	return names;
}

let names: readonly string[] | undefined;

function read(): readonly string[] {
	const type = parseType(factsOfType("aws:ec2/capacityReservation:CapacityReservation")?.inputs.instanceType ?? "any");
	const members = type.kind === "union" ? type.members : [type];
	return members.flatMap((member) => (member.kind === "enum" ? member.values : []));
}
