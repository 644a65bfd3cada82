import assert from "node:assert/strict";
import { hardwareQueries } from "../../../../requirements/queries/hardware";
import type { NamedShortfall } from "../../../../requirements/row";
import { ask, describeTopic, queryOf } from "./asking";
import { pool, vpc } from "./estate";
import { gkePool } from "./estate-gcp";

/** What the specification names for a trait in a cell. */
function named(trait: string, cell: string, instanceType: string): NamedShortfall {
	return { trait, cell, instanceType, substitute: { given: "another thing", effect: "something changes by it" } };
}

const efa = { shortfalls: [named("infiniband", "aws-us-east-1", "p5.48xlarge")] };
const tcpxo = { shortfalls: [named("infiniband", "gcp-europe-west4", "a3-megagpu-8g")] };
const p4d = (region: string) => ({ shortfalls: [named("gpu", `aws-${region}`, "p4d.24xlarge")] });

function p4dIn(region: string) {
	return [vpc(region), ...pool({ region, type: "p4d.24xlarge" })];
}

describeTopic("hardware queries", hardwareQueries, {
	"FR-HW-2/infiniband-aws": {
		served: [vpc(), ...pool()],
		found: "32 of 32 efa",
		broken: [vpc(), ...pool({ adapters: 31 })],
		instead: "31 of 32 efa",
		context: efa,
	},
	"FR-HW-2/infiniband-gcp": {
		served: gkePool(),
		found: "8 of 8 gpudirect",
		broken: gkePool({ inputs: { networkConfig: {} } }),
		instead: "0 of 8 gpudirect",
		context: tcpxo,
	},
	"FR-HW-2/p5-eu-west-1": {
		served: p4dIn("eu-west-1"),
		found: "p4d.24xlarge",
		broken: [vpc("eu-west-1"), ...pool({ region: "eu-west-1", type: "g6.48xlarge" })],
		instead: "g6.48xlarge",
		context: p4d("eu-west-1"),
	},
	"FR-HW-2/p5-ap-southeast-1": {
		served: p4dIn("ap-southeast-1"),
		found: "p4d.24xlarge",
		broken: p4dIn("eu-west-1"),
		instead: "no GPU pool",
		context: p4d("ap-southeast-1"),
	},
	"FR-HW-2/table": {
		served: [vpc(), ...pool()],
		found: "1 of 1 shortfalls with substitute and effect",
		broken: [vpc(), ...pool({ type: "p5en.48xlarge" })],
		instead: "0 of 0 shortfalls with substitute and effect",
		context: efa,
	},
	"FR-HW-2/no-substitute": {
		served: [vpc(), ...pool()],
		found: "1 of 1 shortfalls with substitute and effect",
		broken: [vpc(), ...pool({ type: "p5en.48xlarge" })],
		instead: "0 of 0 shortfalls with substitute and effect",
		context: efa,
	},
});

describe("the deviation table", () => {
	it("does not hold where a shortfall has no substitute", () => {
		const { found, works } = ask(queryOf(hardwareQueries, "FR-HW-2/table"), [vpc(), ...pool()], {
			environment: "prod",
			shortfalls: [{ ...named("infiniband", "aws-us-east-1", "p5.48xlarge"), substitute: undefined }],
		});
		assert.deepEqual([found, works], ["0 of 1 shortfalls with substitute and effect", false]);
	});

	it("names the substitute as a deviation", () => {
		const { deviation } = ask(queryOf(hardwareQueries, "FR-HW-2/p5-eu-west-1"), p4dIn("eu-west-1"), {
			environment: "prod",
			...p4d("eu-west-1"),
		});
		assert.deepEqual(deviation, { substitute: "another thing", effect: "something changes by it" });
	});
});
