import { strict as assert } from "node:assert";
import type { Deployment, RecordedResource } from "../../../fleet/stack/deployment";
import { compareStates } from "../../../fleet/stack/reconcile";
import { asSecret } from "../../../lib/secret-marker";
import { sandboxObject } from "../../support/sandbox-objects";

const role = sandboxObject({ id: "nodes" });
const { urn } = role;
const recorded: RecordedResource = { urn, type: role.type, id: role.id, custom: true, inputs: role.inputs };

function compared(deployment: Deployment, live = [role], touched = [urn]) {
	const { unrecorded, outdated } = compareStates(deployment, live, new Set(touched));
	return { unrecorded: unrecorded.map(({ id }) => id), outdated };
}

describe("compareStates", () => {
	it("finds nothing where state and clouds agree", () => {
		assert.deepEqual(compared({ resources: [recorded] }), { unrecorded: [], outdated: [] });
		assert.deepEqual(compared({}, []), { unrecorded: [], outdated: [] });
	});

	it("finds an object that was made and not recorded", () => {
		const creating = { type: "creating", resource: { urn, type: role.type, custom: true } };
		assert.deepEqual(compared({ pending_operations: [creating] }), { unrecorded: ["nodes"], outdated: [] });
		assert.deepEqual(compared({ resources: [] }), { unrecorded: ["nodes"], outdated: [] });
	});

	it("leaves alone what the interrupted operation did not touch", () => {
		assert.deepEqual(compared({}, [role], []), { unrecorded: [], outdated: [] });
	});

	it("keeps the old object of a replacement whose new one was not recorded", () => {
		const fresh = sandboxObject({ id: "nodes-2", urn });
		const creating = { type: "creating", resource: { urn, type: role.type, custom: true } };
		const found = compared({ resources: [recorded], pending_operations: [creating] }, [role, fresh]);
		assert.deepEqual(found, { unrecorded: ["nodes-2"], outdated: [] });
	});

	it("removes what awaits its replacement: the engine will not delete it again", () => {
		assert.deepEqual(compared({ resources: [{ ...recorded, pendingReplacement: true }] }), {
			unrecorded: ["nodes"],
			outdated: [],
		});
	});

	it("keeps an object whose resource has a new URN", () => {
		const renamed = { ...recorded, urn: `${urn}-renamed` };
		assert.deepEqual(compared({ resources: [renamed] }), { unrecorded: [], outdated: [] });
	});

	it("has a resource read anew whose object is gone, or was being changed", () => {
		assert.deepEqual(compared({ resources: [recorded] }, []).outdated, [urn]);
		for (const type of ["updating", "deleting"]) {
			const pending = { type, resource: recorded };
			assert.deepEqual(compared({ resources: [recorded], pending_operations: [pending] }).outdated, [urn]);
		}
		const reading = { type: "reading", resource: recorded };
		assert.deepEqual(compared({ resources: [recorded], pending_operations: [reading] }).outdated, []);
	});

	it("has a resource read anew whose object is otherwise than recorded; secrets are not compared", () => {
		const changed = { ...recorded, inputs: { name: "nodes", path: "/" } };
		assert.deepEqual(compared({ resources: [changed] }).outdated, [urn]);
		const object = sandboxObject({ id: "nodes", inputs: { name: "[secret]" } });
		const secret = { ...recorded, inputs: { name: asSecret("x") } };
		assert.deepEqual(compared({ resources: [secret] }, [object]).outdated, []);
	});

	it("takes components, providers and what is only read for having no object", () => {
		const none = [
			{ ...recorded, custom: false },
			{ ...recorded, type: "pulumi:providers:aws" },
			{ ...recorded, external: true },
		];
		assert.deepEqual(compared({ resources: none }, []), { unrecorded: [], outdated: [] });
	});
});
