import { type CelMap, CelScalar, type CelValue, celFunc, celMap, isCelList, isCelMap, parse } from "@bufbuild/cel";

/** A parsed CEL expression, as the library's parser gives it. */
type Expr = ReturnType<typeof parse>["expr"];

/** Stands for a value that is not known; it is told by identity, so that no text of a user can pass for it. */
export const HIDDEN: CelMap = celMap(new Map());

const NOT_KNOWN = "the value is not known yet";

function containsHidden(value: CelValue): boolean {
	if (value === HIDDEN) {
		return true;
	}
	if (isCelList(value)) {
		return [...value].some(containsHidden);
	}
	return isCelMap(value) && [...value.values()].some(containsHidden);
}

function revealed(value: CelValue, hides: (value: CelValue) => boolean): CelValue {
	if (hides(value)) {
		throw new Error(NOT_KNOWN);
	}
	return value;
}

const DYN = CelScalar.DYN;

/**
 * What the rewritten expressions call. They fail on a value that is not known; CEL's own logic then absorbs the
 * failure where another operand decides (`false && error` is false), which is the three-valued logic that rules need.
 */
export const REVEALING = [
	celFunc("reveal", [DYN], DYN, (value) => revealed(value, (it) => it === HIDDEN)),
	celFunc("revealAll", [DYN], DYN, (value) => revealed(value, containsHidden)),
	celFunc("revealIn", [CelScalar.BOOL, DYN], CelScalar.BOOL, (found, list) => {
		revealed(list, (it) => !found && containsHidden(it));
		return found;
	}),
];

/**
 * The expression with each value that it reads passed through `reveal`. `has(x.f)` stays: an unknown field counts as
 * present, as in the engine's own policies.
 */
export function revealing(expr: Expr): Expr {
	const { exprKind } = expr;
	switch (exprKind.case) {
		case "identExpr":
			return call("reveal(x)", [expr]);
		case "selectExpr": {
			const { operand } = exprKind.value;
			exprKind.value.operand = operand && revealing(operand);
			return exprKind.value.testOnly ? expr : call("reveal(x)", [expr]);
		}
		case "callExpr": {
			const { value } = exprKind;
			value.target = value.target && revealing(value.target);
			value.args = value.args.map(revealing);
			return revealedCall(expr, value);
		}
		case "listExpr":
			exprKind.value.elements = exprKind.value.elements.map(revealing);
			return expr;
		case "structExpr":
			for (const entry of exprKind.value.entries) {
				entry.value = entry.value && revealing(entry.value);
			}
			return expr;
		case "comprehensionExpr": {
			const { value } = exprKind;
			value.iterRange = value.iterRange && revealing(value.iterRange);
			value.loopCondition = value.loopCondition && revealing(value.loopCondition);
			value.loopStep = value.loopStep && revealing(value.loopStep);
			return expr;
		}
		default:
			return expr;
	}
}

/** Comparisons look inside their operands; an index may give a hidden value. */
function revealedCall(expr: Expr, value: { readonly function: string; args: Expr[] }): Expr {
	switch (value.function) {
		case "_==_":
		case "_!=_":
			value.args = value.args.map((arg) => call("revealAll(x)", [arg]));
			return expr;
		case "@in": {
			const [, list] = value.args;
			return list ? call("revealIn(x, y)", [expr, list]) : expr;
		}
		case "_[_]":
			return call("reveal(x)", [expr]);
		default:
			return expr;
	}
}

/** A call of the template's function with other arguments. */
function call(template: string, args: readonly Expr[]): Expr {
	const { expr } = parse(template);
	if (expr.exprKind.case === "callExpr") {
		expr.exprKind.value.args = [...args];
	}
	return expr;
}
