import assert from "node:assert/strict";
import { gpuPoolQueries } from "../../../../requirements/queries/gpu-pools";
import { ask, describeExamples, describeTopic, type Example, queryOf } from "./asking";
import { pool, vpc } from "./estate";
import { aksPool, vnet } from "./estate-azure";
import { gkePool, gkeSubnet } from "./estate-gcp";

const ASKED = { foundation: 64, business: 32, development: 48, creative: 40, multimodal: 24 };

/** A region with pools of so many nodes. */
function region(pools: { readonly [label: string]: number }, type = "p5.48xlarge") {
	return [vpc(), ...Object.entries(pools).flatMap(([label, nodes]) => pool({ label, nodes, type }))];
}

/** The nodes of one model's pool, asked and one less. */
function nodesOf(label: keyof typeof ASKED): Example {
	const asked = ASKED[label];
	return {
		served: region(ASKED),
		found: `${asked} of ${asked} nodes a region`,
		broken: region({ ...ASKED, [label]: asked - 1 }),
		instead: `${asked - 1} of ${asked} nodes a region`,
	};
}

describeTopic("GPU pool queries", gpuPoolQueries, {
	"FR-INF-2/foundation-nodes": nodesOf("foundation"),
	"FR-INF-2/business-nodes": nodesOf("business"),
	"FR-INF-2/development-nodes": nodesOf("development"),
	"FR-INF-2/creative-nodes": nodesOf("creative"),
	"FR-INF-2/multimodal-nodes": nodesOf("multimodal"),
	"FR-INF-4/foundation-nodes": nodesOf("foundation"),
	"FR-INF-2/pools": {
		served: region(ASKED),
		found: "5 of 5 model pools a region",
		broken: region({ ...ASKED, creative: 0 }),
		instead: "4 of 5 model pools a region",
	},
	"FR-INF-2/ratio": {
		served: region({ foundation: 36, business: 20, development: 28, creative: 24, multimodal: 12 }),
		found: "36:20:28:24:12",
		broken: region({ foundation: 12, business: 20, development: 28, creative: 24, multimodal: 36 }),
		instead: "12:20:28:24:36",
	},
	"FR-INF-4/foundation-gpus": {
		served: region({ foundation: 64 }),
		found: "512 of 512 GPUs a region",
		broken: region({ foundation: 63, business: 1 }),
		instead: "504 of 512 GPUs a region",
	},
	"FR-INF-4/replica-group": {
		served: region(ASKED),
		found: "4 nodes a group",
		broken: region({ ...ASKED, creative: 38 }),
		instead: "4 nodes a group, broken groups",
	},
	"FR-INF-4/data-parallel": {
		served: region({ foundation: 64 }),
		found: "16 of 16 replicas of foundation a region",
		broken: region({ foundation: 60 }),
		instead: "15 of 16 replicas of foundation a region",
	},
	"FR-INF-4/data-parallel-recomputed": {
		served: region({ foundation: 32 }),
		found: "8 replicas of foundation a region",
		broken: region({ foundation: 30 }),
		instead: "7.5 replicas of foundation a region",
	},
	"SV-HW-1/choice": {
		served: [...region({ foundation: 4 }), ...pool({ label: "asic", nodes: 2, type: "inf2.48xlarge" })],
		found: "h100, inferentia2",
		broken: region({ foundation: 4 }),
		instead: "h100",
	},
	"FR-INF-4/stranded-nodes": {
		served: region({ foundation: 4, business: 8 }),
		found: "0 of 12 GPU nodes",
		broken: region({ foundation: 5, business: 7 }),
		instead: "4 of 12 GPU nodes",
	},
	"SV-HW-1/h100": {
		served: region({ foundation: 4 }),
		found: "4 nodes",
		broken: region({ foundation: 4 }, "p4d.24xlarge"),
		instead: "0 nodes",
	},
	"SV-HW-1/a100": {
		served: region({ trading: 1 }, "p4de.24xlarge"),
		found: "1 node",
		broken: region({ foundation: 4 }),
		instead: "0 nodes",
	},
	"SV-HW-1/asic": {
		served: region({ asic: 2 }, "trn2.48xlarge"),
		found: "2 nodes",
		broken: region({ foundation: 4 }),
		instead: "0 nodes",
	},
});

/** A region of each cloud with a foundation pool of so many nodes, or without one where none is given. */
function regions({ aws, gcp, azure }: { readonly aws: number; readonly gcp: number; readonly azure?: number }) {
	return [
		...[vpc(), ...pool({ nodes: aws })],
		...[gkeSubnet(), ...gkePool({ nodes: gcp })],
		...[vnet(), ...(azure === undefined ? [] : aksPool({ nodes: azure }))],
	];
}
const asked = { aws: 64, gcp: 64, azure: 64 };

describeExamples("GPU pools of three clouds", gpuPoolQueries, {
	"FR-INF-2/foundation-nodes": {
		served: regions(asked),
		found: "64 of 64 nodes a region",
		broken: regions({ aws: 64, gcp: 64 }),
		instead: "0 to 64 of 64 nodes a region",
	},
	"FR-INF-4/foundation-gpus": {
		served: regions(asked),
		found: "512 of 512 GPUs a region",
		broken: regions({ ...asked, gcp: 63 }),
		instead: "504 to 512 of 512 GPUs a region",
	},
	"FR-INF-4/stranded-nodes": {
		served: regions({ aws: 4, gcp: 8, azure: 4 }),
		found: "0 of 16 GPU nodes",
		broken: regions({ aws: 4, gcp: 6, azure: 5 }),
		instead: "3 of 15 GPU nodes",
	},
	"SV-HW-1/h100": {
		served: regions({ aws: 0, gcp: 2, azure: 1 }),
		found: "3 nodes",
		broken: regions({ aws: 0, gcp: 0, azure: 0 }),
		instead: "0 nodes",
	},
});

describe("sizes by conflict nodes-per-region", () => {
	const half = { foundation: 32, business: 16, development: 24, creative: 20, multimodal: 12 };
	const settled = (choice: string) => ({
		environment: "prod",
		conflicts: [{ id: "nodes-per-region", rows: ["FR-INF-2"], choice }],
	});
	const query = queryOf(gpuPoolQueries, "FR-INF-2/foundation-nodes");

	it("deviate where the cluster's total was chosen and the ratio is kept in whole groups", () => {
		const { found, works, deviation } = ask(query, region(half), settled("cluster-total"));
		assert.deepEqual([found, works], ["32 of 64 nodes a region", true]);
		assert.match(deviation?.substitute ?? "", /whole replica groups, as conflict nodes-per-region is settled/);
	});

	it("are missing where the pools' own figures were chosen, or the ratio or the groups are not kept", () => {
		assert.equal(ask(query, region(half), settled("pool-sum")).works, false);
		assert.equal(
			ask(query, region({ ...half, foundation: 12, multimodal: 32 }), settled("cluster-total")).works,
			false,
		);
		assert.equal(ask(query, region({ ...half, foundation: 30 }), settled("cluster-total")).works, false);
	});

	it("work without deviation where they are as asked", () => {
		assert.equal(ask(query, region(ASKED), settled("pool-sum")).deviation, undefined);
	});
});
