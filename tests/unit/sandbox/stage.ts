import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import type { Properties, Value } from "../../../lib/values";
import { valuesAt } from "../../../lib/values";
import { awsModels } from "../../../sandbox/aws/registry";
import { checkFacts } from "../../../sandbox/check/facts-check";
import { checkModel } from "../../../sandbox/check/model-check";
import { factsFor } from "../../../sandbox/facts";
import { kubernetesModels } from "../../../sandbox/kubernetes/registry";
import type { CreateContext, Fault, SandboxObject, Scope, TypeModel, World } from "../../../sandbox/model";

/** Where AWS objects of the tests live. */
export const HOME: Scope = { account: "111122223333", region: "us-east-1" };

/** Where Kubernetes objects of the tests live: the account is the cluster's id. */
export const CLUSTER: Scope = { account: "research", region: "global" };

/** An emulated world in memory: makes objects as the server does, and collects what the checks say. */
export class Stage implements World {
	readonly objects: SandboxObject[] = [];
	private count = 0;

	find(types: readonly string[], by: string, value: Value): SandboxObject[] {
		return this.objects.filter((object) => {
			const key = by === "id" ? object.id : valuesAt(object.outputs, by)[0]?.value;
			return types.includes(object.type) && isDeepStrictEqual(key, value);
		});
	}

	list(type: string, scope: Scope): SandboxObject[] {
		return this.objects.filter(
			(object) =>
				object.type === type && object.account === scope.account && [scope.region, "global"].includes(object.region),
		);
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
			scope: type.startsWith("kubernetes:") ? CLUSTER : HOME,
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

/** The model of a type of either package. */
export function modelOf(type: string): TypeModel {
	const model = awsModels.get(type) ?? kubernetesModels.get(type);
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
