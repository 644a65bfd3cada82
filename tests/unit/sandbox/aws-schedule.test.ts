import assert from "node:assert/strict";
import type { Properties } from "../../../lib/values";
import { type Estate, estate } from "./estate";
import { type Refused, refuses } from "./stage";

const SCHEDULE = "aws:autoscaling/schedule:Schedule";

let at: Estate;
const set = () => {
	at = estate();
	return at.stage;
};

/** A second, compliant action of the node group, with changes. */
function action(changes: Properties): Properties {
	const inputs = at.of("schedule").inputs;
	return { ...inputs, scheduledActionName: "gpu-drain", startTime: "2099-12-15T10:30:00Z", ...changes };
}

describe("scheduled actions", () => {
	it("are taken one after the other", () => {
		set();
		assert.deepEqual(at.stage.faults(SCHEDULE, action({ desiredCapacity: 0 })), []);
	});

	refuses((): Refused[] => {
		const row = (because: string, changes: Properties, property: string, reason: RegExp): Refused => ({
			because,
			type: SCHEDULE,
			inputs: action(changes),
			property,
			reason,
		});
		const { startTime: _, ...timeless } = action({});
		return [
			row(
				"a group that is not there",
				{ autoscalingGroupName: "eks-gone" },
				"autoscalingGroupName",
				/names no existing/,
			),
			row("a time in the past", { startTime: "2020-01-01T00:00:00Z" }, "startTime", /in the past/),
			row("a time with an offset", { startTime: "2099-01-01T00:00:00+01:00" }, "startTime", /time in UTC/),
			row("an end before the start", { endTime: "2099-12-14T00:00:00Z" }, "endTime", /later than startTime/),
			row("a name twice", { scheduledActionName: "gpu-open" }, "scheduledActionName", /unique within/),
			row("two actions at once", { startTime: "2099-12-01T11:30:00Z" }, "startTime", /begins at the same time/),
			row("a size above the largest", { desiredCapacity: 5, maxSize: 4 }, "desiredCapacity", /but -1, 5, 4/),
			row("nothing that changes", { desiredCapacity: -1 }, "desiredCapacity", /at least one/),
			row("a size below -1", { minSize: -2 }, "minSize", /at least 0/),
			{ ...row("no time", {}, "startTime", /is required/), inputs: timeless },
		];
	}, set);

	it("count a size that is left out as 0, as the provider does", () => {
		set();
		const { maxSize: _, ...inputs } = action({});
		assert.match(at.stage.faults(SCHEDULE, inputs)[0]?.reason ?? "", /-1, 2, 0/);
	});

	it("may stay as they are once their time has passed", () => {
		set();
		const self = at.stage.put(SCHEDULE, action({ startTime: "2020-01-01T00:00:00Z" }));
		assert.deepEqual(at.stage.faults(SCHEDULE, self.inputs, { self }), []);
	});
});
