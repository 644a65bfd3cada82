import type { Properties } from "../../../../lib/values";
import { isObject } from "../../../../lib/values";
import type { SandboxObject } from "../../../../sandbox/model";
import type { Refused, Stage } from "../stage";
import { type Estate, estate } from "./estate";

/** The estate of the test that runs; made anew by `set` for each. */
export class Bench {
	private current: Estate | undefined;

	/** Makes a new estate and gives its stage. */
	readonly set = (): Stage => {
		this.current = estate();
		return this.current.stage;
	};

	/** An object of the estate. */
	of(name: string): SandboxObject {
		this.current ??= estate();
		return this.current.of(name);
	}

	/** Inputs of an object of the estate, with changes at dotted paths; null takes a property away. */
	but(name: string, changes: Properties = {}): Properties {
		return changed(this.of(name).inputs, changes);
	}
}

/** A bag with changes at dotted paths such as `networkProfile.podCidr`; null takes a property away. */
export function changed(bag: Properties, changes: Properties): Properties {
	return Object.entries(changes).reduce((result, [path, value]) => withValue(result, path.split("."), value), bag);
}

function withValue(bag: Properties, [step = "", ...rest]: string[], value: Properties[string]): Properties {
	const { [step]: before = {}, ...others } = bag;
	if (rest.length === 0) {
		return value === null ? others : { ...bag, [step]: value };
	}
	return { ...bag, [step]: withValue(isObject(before) ? before : {}, rest, value) };
}

/** A row: why it is refused, the inputs, the property that is blamed, words of the reason. */
export type Row = readonly [string, Properties, string, RegExp];

/** Rows of one type. */
export function rows(type: string, table: readonly Row[]): Refused[] {
	return table.map(([because, inputs, property, reason]) => ({ because, type, inputs, property, reason }));
}
