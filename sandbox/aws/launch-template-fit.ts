import { instanceType } from "../../catalogue/aws/instance-types";
import type { Value } from "../../lib/values";
import { faultsOf, type Refusal } from "../check/fault-table";
import { number, text } from "../check/inputs";
import type { Fault } from "../model";

/** What is wrong between a template's network interfaces and an instance type; nothing for a type not in the catalogue. */
export function fitFaults(interfaces: readonly Value[], type: string): Fault[] {
	const machine = instanceType(type);
	if (!machine) {
		return [];
	}
	const efa = interfaces.filter(isEfa).length;
	const { maxEfa, maxInterfaces } = machine;
	const rows: Refusal[] = [
		{
			when: efa > maxEfa,
			property: "networkInterfaces",
			reason: `${efa} EFA interfaces were given, but ${type} takes ${maxEfa} (efaMaximumInterfaces); remove ${efa - maxEfa}`,
		},
		{
			when: interfaces.length > maxInterfaces,
			property: "networkInterfaces",
			reason: `${interfaces.length} interfaces were given, but ${type} takes ${maxInterfaces}; remove ${interfaces.length - maxInterfaces}`,
		},
	];
	return faultsOf([...rows, ...interfaces.flatMap((each, i) => cardRows(each, `networkInterfaces[${i}]`, machine))]);
}

/** Index of the network card that an interface is on; 0 unless told otherwise. */
export function cardOf(each: Value): number {
	return number(each, "networkCardIndex") ?? 0;
}

function isEfa(each: Value): boolean {
	return ["efa", "efa-only"].includes(text(each, "interfaceType") ?? "interface");
}

function cardRows(
	each: Value,
	at: string,
	machine: { readonly networkCards: number; readonly maxEfa: number; readonly efaCards: readonly number[] },
): Refusal[] {
	const card = cardOf(each);
	const { networkCards: cards, efaCards, maxEfa } = machine;
	return [
		{
			when: card >= cards,
			property: `${at}.networkCardIndex`,
			reason: `must be 0 to ${cards - 1}, but ${card} was given; the instance type has ${cards} network cards`,
		},
		{
			when: isEfa(each) && card < cards && maxEfa > 0 && !efaCards.includes(card),
			property: `${at}.interfaceType`,
			reason: `network card ${card} carries no EFA; the cards that do are ${efaCards.join(", ")}`,
		},
	];
}
