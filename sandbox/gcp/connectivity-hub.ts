import { faultsOf } from "../check/fault-table";
import { text } from "../check/inputs";
import type { TypeModel } from "../model";
import { defineGcp } from "./define";
import { locationId, rfc1035 } from "./names";

/** Type of a hub of Network Connectivity Center. */
export const HUB = "gcp:networkconnectivity/hub:Hub";
/** Service that hubs and spokes need. */
export const CONNECTIVITY_API = ["networkconnectivity.googleapis.com"];

/** A hub: spokes join it from every region. It goes when its spokes are gone. */
export const connectivityHub: TypeModel = defineGcp({
	type: HUB,
	apis: CONNECTIVITY_API,
	global: true,
	name: rfc1035("account"),
	values: { policyMode: ["CUSTOM", "PRESET"], presetTopology: ["MESH", "STAR", "HYBRID_INSPECTION"] },
	check: ({ inputs }) => {
		const [mode, topology] = [text(inputs, "policyMode") ?? "PRESET", text(inputs, "presetTopology")];
		return faultsOf([
			{
				when: topology !== undefined && mode !== "PRESET",
				property: "presetTopology",
				reason: `needs policyMode PRESET, but the mode is ${mode}; set it or remove the topology`,
			},
		]);
	},
	defaults: { exportPsc: false, policyMode: "PRESET", presetTopology: "MESH" },
	id: ({ inputs, scope }) => locationId(scope, "global", "hubs", text(inputs, "name") ?? ""),
	computed: (context) => ({
		createTime: context.now,
		routingVpcs: [],
		state: "ACTIVE",
		uniqueId: uuid(context.hex),
		updateTime: context.now,
	}),
});

/** An id as Google gives to hubs and spokes. */
export function uuid(hex: (digits: number) => string): string {
	return [8, 4, 4, 4, 12].map(hex).join("-");
}
