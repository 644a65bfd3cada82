import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import type { Properties, Value } from "../../../lib/values";
import { valuesAt } from "../../../lib/values";
import { awsModels } from "../../../sandbox/aws/registry";
import { azurePackage } from "../../../sandbox/azure/package";
import { azureModels } from "../../../sandbox/azure/registry";
import { checkFacts } from "../../../sandbox/check/facts-check";
import { checkModel } from "../../../sandbox/check/model-check";
import { factsFor } from "../../../sandbox/facts";
import { scopeOfResource } from "../../../sandbox/gcp/names";
import { gcpModels } from "../../../sandbox/gcp/registry";
import { kubernetesModels } from "../../../sandbox/kubernetes/registry";
import type { CreateContext, Fault, SandboxObject, Scope, TypeModel, World } from "../../../sandbox/model";
import { type Grants, grantedOf } from "../../../sandbox/quotas/grants";

/** Where AWS objects of the tests live. */
export const HOME: Scope = { account: "111122223333", region: "us-east-1" };

/** Where Google Cloud objects of the tests live. */
export const PROJECT: Scope = { account: "research-lab", region: "us-central1" };

/** Where Azure objects of the tests live: a subscription; without a location of their own they are where their group is. */
export const SUBSCRIPTION: Scope = { account: "5b0c2b1e-0f4d-4a53-9a3e-6f7d1c2b3a44", region: "global" };

/** Where Kubernetes objects of the tests live: the account is the cluster's id. */
export const CLUSTER: Scope = { account: "research", region: "global" };

/** An emulated world in memory: makes objects as the server does, and collects what the checks say. */
export class Stage implements World {
	readonly objects: SandboxObject[] = [];
	/** What the accounts were granted; nothing is limited unless a test says so. */
	grants: Grants = {};
	private count = 0;

	find(types: readonly string[], by: string, value: Value): SandboxObject[] {
		return this.objects.filter((object) => {
			const keys = by === "id" ? [object.id] : valuesAt(object.outputs, by).map((found) => found.value);
			return types.includes(object.type) && keys.some((key) => isDeepStrictEqual(key, value));
		});
	}

	list(type: string, scope: Scope): SandboxObject[] {
		return this.objects.filter(
			(object) =>
				object.type === type && object.account === scope.account && [scope.region, "global"].includes(object.region),
		);
	}

	granted(scope: Scope, family: string): number | undefined {
		return grantedOf(this.grants, scope, family);
	}

	/** Every fault of facts and model, in that order. */
	faults(type: string, inputs: Properties, options: { scope?: Scope; self?: SandboxObject } = {}): Fault[] {
		const context = { ...this.context(type, inputs, options.self), ...(options.scope ? { scope: options.scope } : {}) };
		const facts = factsFor(type.split(":")[0] ?? "");
		return [...checkFacts(facts, type, inputs), ...checkModel(modelOf(type), context)];
	}

	/** Makes an object that must be without fault. */
	make(type: string, inputs: Properties, scope?: Scope): SandboxObject {
		assert.deepEqual(this.faults(type, inputs, scope ? { scope } : {}), [], `${type} is without fault`);
		return this.put(type, inputs, scope);
	}

	/** Makes an object without checking it. */
	put(type: string, inputs: Properties, scope?: Scope): SandboxObject {
		const model = modelOf(type);
		const context = { ...this.context(type, inputs, undefined), ...(scope ? { scope } : {}) };
		const { id, outputs } = model.create(context);
		const region = model.global ? "global" : context.scope.region;
		const object: SandboxObject = {
			type,
			id,
			urn: `urn:pulumi:test::meridian::${type}::r${this.objects.length}`,
			account: context.scope.account,
			region,
			inputs,
			outputs: { ...inputs, ...outputs },
		};
		this.objects.push(object);
		return object;
	}

	/** The outputs that an update with these inputs gives. */
	updated(self: SandboxObject, inputs: Properties): Properties {
		return modelOf(self.type).update?.(this.context(self.type, inputs, self)) ?? {};
	}

	private context(type: string, inputs: Properties, self: SandboxObject | undefined): CreateContext {
		return {
			inputs,
			scope: scopeOf(type, inputs),
			world: this,
			self,
			logicalName: "thing",
			hex: (digits) => this.next(16, digits),
			digits: (count) => this.next(10, count),
			now: "2026-11-21T10:00:00Z",
		};
	}

	/** Digits that differ at each call. */
	private next(radix: number, digits: number): string {
		this.count += 1;
		return (this.count * 7919).toString(radix).padStart(digits, "5").slice(-digits);
	}
}

/** Where an object lives that says nothing of it; Google Cloud's say it in their inputs. */
function scopeOf(type: string, inputs: Properties): Scope {
	if (type.startsWith("gcp:")) {
		return scopeOfResource(inputs, PROJECT);
	}
	if (type.startsWith("azure-native:")) {
		return azurePackage.scopeOfResource?.(inputs, SUBSCRIPTION) ?? SUBSCRIPTION;
	}
	return type.startsWith("kubernetes:") ? CLUSTER : HOME;
}

/** The model of a type of any package. */
export function modelOf(type: string): TypeModel {
	const model = awsModels.get(type) ?? gcpModels.get(type) ?? azureModels.get(type) ?? kubernetesModels.get(type);
	assert.ok(model, `${type} has a model`);
	return model;
}

/** Asserts that one of the faults is about the property and reads so. */
export function assertFault(faults: readonly Fault[], property: string, reason: RegExp): void {
	const hit = faults.some((fault) => fault.property === property && reason.test(fault.reason));
	assert.ok(hit, `no fault ${property}: ${reason} among ${JSON.stringify(faults, null, 1)}`);
}

/** One change to good inputs and the fault it must give. */
export interface Refused {
	readonly because: string;
	readonly type: string;
	readonly inputs: Properties;
	readonly property: string;
	readonly reason: RegExp;
	readonly scope?: Scope;
}

/** One `it` a row: the row's inputs give the fault, on a stage made anew by `setUp`. */
export function refuses(rows: (stage: Stage) => readonly Refused[], setUp: () => Stage): void {
	rows(setUp()).forEach((row, i) => {
		it(`refuses ${row.because}`, () => {
			const stage = setUp();
			const same = rows(stage)[i];
			assert.ok(same);
			const options = same.scope ? { scope: same.scope } : {};
			assertFault(stage.faults(same.type, same.inputs, options), same.property, same.reason);
		});
	});
}
