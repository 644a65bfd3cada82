import { fromJsonText } from "../../lib/json-text";
import { isObject, type Value, valuesAt } from "../../lib/values";
import { textAt } from "../counting";

/** The statements of a policy's JSON text; a text that does not parse has none. */
export function statementsOf(text: string): Value[] {
	const policy = fromJsonText(text);
	const listed = valuesAt(policy, "Statement[]").map(({ value }) => value);
	return listed.length > 0 ? listed : valuesAt(policy, "Statement").map(({ value }) => value);
}

/** True for a statement that refuses everyone's requests without TLS. */
export function deniesPlainText(statement: Value): boolean {
	const [secure] = valuesAt(statement, "Condition.Bool.aws:SecureTransport");
	const everyone = textAt(statement, "Principal") === "*" || textAt(statement, "Principal.AWS") === "*";
	const denies = textAt(statement, "Effect") === "Deny" && String(secure?.value) === "false";
	return denies && everyone && textsOf(statement, "Action").some((action) => action === "*" || action === "s3:*");
}

/** True for a statement that allows every action of a service, or any action on every resource. */
export function allowsEverything(statement: Value): boolean {
	const actions = textsOf(statement, "Action");
	const broad = actions.some((action) => action === "*" || action.endsWith(":*"));
	const anywhere =
		textsOf(statement, "Resource").includes("*") && !isObject(valuesAt(statement, "Condition")[0]?.value);
	return textAt(statement, "Effect") === "Allow" && (broad || anywhere);
}

function textsOf(statement: Value, property: string): string[] {
	const [one] = valuesAt(statement, property);
	const values = Array.isArray(one?.value) ? one.value : [one?.value];
	return values.flatMap((value) => (typeof value === "string" ? [value] : []));
}
