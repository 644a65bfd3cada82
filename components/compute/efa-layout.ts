import type { Fabric } from "../../catalogue/aws/instance-types";

/** One interface of a launch template, without its security groups. */
export interface InterfaceSlot {
	readonly networkCardIndex: number;
	readonly deviceIndex: 0 | 1;
	readonly interfaceType: "interface" | "efa-only";
}

/**
 * Every interface of an instance type: one ENA interface on card 0 for addresses, and an EFA-only interface, which
 * takes no address, on each card that carries EFA (beside the ENA one on card 0 where that card has EFA).
 * Source: AWS EC2 user guide "Maximize network bandwidth with multiple network cards", layout with efa-only, read 2026-11-21.
 * Never count cards: the EFA cards are named one by one in the catalogue (p6-b300 has none on card 0).
 */
export function interfaceLayout(fabric: Fabric): InterfaceSlot[] {
	const primary: InterfaceSlot = { networkCardIndex: 0, deviceIndex: 0, interfaceType: "interface" };
	const adapters = fabric.efaCards.map(
		(card): InterfaceSlot => ({ networkCardIndex: card, deviceIndex: card === 0 ? 1 : 0, interfaceType: "efa-only" }),
	);
	return [primary, ...adapters];
}
