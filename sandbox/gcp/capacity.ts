import { faultsOf, outside } from "../check/fault-table";
import { isAbsent, isSet, list, number, text } from "../check/inputs";
import type { CheckContext, Fault, TypeModel } from "../model";
import { defineGcp } from "./define";
import { gcpGrantFaults } from "./drawn-capacity";
import { acceleratorFaults, zoneOfferFaults } from "./machines";
import { computeLink, regionalId, regionOfZone, rfc1035, zonalId } from "./names";
import { COMPUTE_API } from "./network";

/** Type of a resource policy. */
export const POLICY = "gcp:compute/resourcePolicy:ResourcePolicy";
/** Type of a reservation. */
export const RESERVATION = "gcp:compute/reservation:Reservation";

const KINDS = [
	"diskConsistencyGroupPolicy",
	"groupPlacementPolicy",
	"instanceSchedulePolicy",
	"snapshotSchedulePolicy",
	"workloadPolicy",
];

/** A resource policy; as a placement policy it keeps machines close together. */
export const resourcePolicy: TypeModel = defineGcp({
	type: POLICY,
	apis: COMPUTE_API,
	name: rfc1035("region"),
	values: {
		"groupPlacementPolicy.collocation": ["COLLOCATED"],
		"workloadPolicy.acceleratorTopologyMode": ["AUTO_CONNECT", "PROVISION_ONLY"],
		"workloadPolicy.maxTopologyDistance": ["BLOCK", "CLUSTER", "SUBBLOCK"],
		"workloadPolicy.type": ["HIGH_AVAILABILITY", "HIGH_THROUGHPUT"],
	},
	check: ({ inputs }) => {
		const kinds = KINDS.filter((path) => isSet(inputs, path));
		return faultsOf([
			outside(number(inputs, "groupPlacementPolicy.maxDistance"), "groupPlacementPolicy.maxDistance", {
				min: 1,
				max: 3,
				unit: "(1 is the same rack)",
			}),
			{
				when: kinds.length !== 1,
				property: kinds[1] ?? KINDS[1] ?? "",
				reason: `exactly one kind of policy is needed, but ${kinds.length === 0 ? "none was" : `${kinds.join(" and ")} were`} given`,
			},
			{
				when:
					isSet(inputs, "workloadPolicy.acceleratorTopology") &&
					text(inputs, "workloadPolicy.type") === "HIGH_AVAILABILITY",
				property: "workloadPolicy.acceleratorTopology",
				reason: "needs type HIGH_THROUGHPUT; set it or remove the topology",
			},
		]);
	},
	id: ({ inputs, scope }) => regionalId(scope, "resourcePolicies", text(inputs, "name") ?? ""),
	computed: (_, id) => ({ selfLink: computeLink(id) }),
});

/** A reservation of machines in one zone; it costs from its creation on. */
export const reservation: TypeModel = defineGcp({
	type: RESERVATION,
	apis: COMPUTE_API,
	name: rfc1035("account"),
	values: {
		"reservationSharingPolicy.serviceShareType": ["ALLOW_ALL", "DISALLOW_ALL"],
		"shareSettings.shareType": ["LOCAL", "SPECIFIC_PROJECTS"],
		"specificReservation.instanceProperties.localSsds[].interface": ["SCSI", "NVME"],
	},
	check: (context) => [...reservationFaults(context), ...gcpGrantFaults(context, RESERVATION)],
	defaults: { specificReservationRequired: false },
	id: ({ inputs, scope }) => zonalId(scope, text(inputs, "zone") ?? "", "reservations", text(inputs, "name") ?? ""),
	computed: (context, id) => ({
		blockNames: [],
		commitment: "",
		creationTimestamp: context.now,
		deleteAtTime: text(context.inputs, "deleteAtTime") ?? "",
		kind: "compute#reservation",
		linkedCommitments: [],
		reservationBlockCount: 0,
		resourceStatuses: [],
		satisfiesPzs: false,
		selfLink: computeLink(id),
		status: "READY",
	}),
});

function reservationFaults({ inputs, scope }: CheckContext): Fault[] {
	const zone = text(inputs, "zone");
	const properties = "specificReservation.instanceProperties";
	const type = text(inputs, `${properties}.machineType`);
	const template = isSet(inputs, "specificReservation.sourceInstanceTemplate");
	return [
		...faultsOf([
			outside(number(inputs, "specificReservation.count"), "specificReservation.count", {
				min: 1,
				max: 1000,
				unit: "machines",
			}),
			{
				when: zone !== undefined && regionOfZone(zone) !== scope.region,
				property: "zone",
				reason: `must be a zone such as ${scope.region}-a, but ${JSON.stringify(zone)} was given`,
			},
			{
				when: template === isSet(inputs, properties),
				property: properties,
				reason: "exactly one of instanceProperties and sourceInstanceTemplate is needed",
			},
			{
				when: isShared(inputs),
				property: "shareSettings",
				reason: "sharing with SPECIFIC_PROJECTS names the projects; give shareSettings.projectMaps",
			},
		]),
		...acceleratorFaults(type, list(inputs, `${properties}.guestAccelerators`), {
			property: `${properties}.guestAccelerators`,
			type: "acceleratorType",
			count: "acceleratorCount",
		}),
		...zoneOfferFaults(type, zone === undefined ? [] : [zone], `${properties}.machineType`),
	];
}

function isShared(inputs: CheckContext["inputs"]): boolean {
	return (
		text(inputs, "shareSettings.shareType") === "SPECIFIC_PROJECTS" && isAbsent(inputs, "shareSettings.projectMaps")
	);
}
