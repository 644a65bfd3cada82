import assert from "node:assert/strict";
import { type Properties, UNKNOWN, type Value } from "../../../lib/values";
import { noPrivilegedContainers as rule } from "../../../policies/rules/kubernetes/no-privileged-containers";
import { POD_TYPES } from "../../../policies/rules/kubernetes/workload-kinds";
import { verdictsOf } from "../../support/judging";
import { container, resource } from "../../support/resources";

const GOOD: Value = { containers: [container()] };
const BAD: Value = { containers: [container({ privileged: true })] };

function pod(spec: Value): ReturnType<typeof verdictsOf> {
	return verdictsOf(rule, [resource("kubernetes:core/v1:Pod", "p", { spec })]);
}

function holding(type: string, podSpec: Value): Properties {
	const template = { template: { spec: podSpec } };
	if (type.includes(":CronJob")) {
		return { spec: { jobTemplate: { spec: template } } };
	}
	if (type.includes(":PodTemplate")) {
		return template;
	}
	return /:Pod(Patch)?$/.test(type) ? { spec: podSpec } : { spec: template };
}

describe("K01 no-privileged-containers", () => {
	it("finds the pod in every kind that carries one", () => {
		assert.ok(POD_TYPES.length >= 18);
		for (const type of POD_TYPES) {
			assert.deepEqual(verdictsOf(rule, [resource(type, "w", holding(type, GOOD))]), ["pass"], type);
			assert.deepEqual(verdictsOf(rule, [resource(type, "w", holding(type, BAD))]), ["fail"], type);
		}
	});

	it("looks at containers, init containers and ephemeral containers", () => {
		for (const list of ["containers", "initContainers", "ephemeralContainers"]) {
			assert.deepEqual(pod({ [list]: [container(), container({ privileged: true })] }), ["fail"], list);
			assert.deepEqual(pod({ [list]: [container({ allowPrivilegeEscalation: true })] }), ["fail"], list);
			assert.deepEqual(pod({ [list]: [container()] }), ["pass"], list);
		}
	});

	it("demands allowPrivilegeEscalation false in words, and privileged only not to be set", () => {
		assert.deepEqual(pod({ containers: [{ name: "a" }] }), ["fail"]);
		assert.deepEqual(pod({ containers: [{ securityContext: {} }] }), ["fail"]);
		assert.deepEqual(pod({ containers: [{ securityContext: null }] }), ["fail"]);
		assert.deepEqual(pod({ containers: [{ securityContext: { allowPrivilegeEscalation: false } }] }), ["pass"]);
		assert.deepEqual(pod({ containers: [container({ privileged: null })] }), ["pass"]);
	});

	it("fails texts where booleans belong", () => {
		assert.deepEqual(pod({ containers: [container({ privileged: "true" })] }), ["fail"]);
		assert.deepEqual(pod({ containers: [container({ privileged: "false" })] }), ["fail"]);
		assert.deepEqual(pod({ containers: [container({ allowPrivilegeEscalation: "false" })] }), ["fail"]);
	});

	it("knows Windows, where escalation does not exist but host processes do", () => {
		const windows = { os: { name: "windows" }, containers: [{ name: "a" }] };
		assert.deepEqual(pod(windows), ["pass"]);
		const host = { windowsOptions: { hostProcess: true } };
		assert.deepEqual(pod({ ...windows, securityContext: host }), ["fail"]);
		assert.deepEqual(pod({ ...windows, containers: [{ securityContext: host }] }), ["fail"]);
	});

	it("never loses a violation behind an unknown, in either order or list", () => {
		const bad = container({ privileged: true });
		assert.deepEqual(pod({ containers: [UNKNOWN, bad] }), ["fail", "undetermined"]);
		assert.deepEqual(pod({ containers: [bad, UNKNOWN] }), ["fail", "undetermined"]);
		assert.ok(pod({ containers: UNKNOWN, initContainers: [bad] }).includes("fail"));
		assert.ok(pod({ containers: [bad], ephemeralContainers: UNKNOWN }).includes("fail"));
	});

	it("cannot decide what decides, and ignores what does not", () => {
		assert.deepEqual(pod(UNKNOWN), ["undetermined"]);
		assert.deepEqual(pod({ containers: UNKNOWN }), ["undetermined"]);
		assert.deepEqual(pod({ containers: [container({ privileged: UNKNOWN })] }), ["undetermined"]);
		assert.deepEqual(pod({ containers: [{ ...container(), image: UNKNOWN }] }), ["pass"]);
		const job = resource("kubernetes:batch/v1:CronJob", "j", { spec: { jobTemplate: UNKNOWN } });
		assert.deepEqual(verdictsOf(rule, [job]), ["undetermined"]);
	});
});
