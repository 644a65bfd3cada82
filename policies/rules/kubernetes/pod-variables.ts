/**
 * CEL variables that every rule about pods starts from: `podSpec`, wherever the kind keeps it (a CronJob two levels
 * down), and the three lists of containers, which stay apart so that one unknown list hides nothing of the others.
 */
export const POD_VARIABLES: readonly { readonly name: string; readonly expression: string }[] = [
	{
		name: "holder",
		expression:
			"has(object.spec) && has(object.spec.jobTemplate) ? object.spec.jobTemplate.spec : " +
			"has(object.spec) ? object.spec : object",
	},
	{
		name: "podSpec",
		expression:
			"!has(variables.holder.template) ? variables.holder : " +
			"has(variables.holder.template.spec) ? variables.holder.template.spec : {}",
	},
	...["containers", "initContainers", "ephemeralContainers"].map((name) => ({
		name,
		expression: `has(variables.podSpec.${name}) ? variables.podSpec.${name} : []`,
	})),
];

/** An expression that holds for each container (`c`) of every list. */
export function everyContainer(expression: string): string {
	return ["containers", "initContainers", "ephemeralContainers"]
		.map((list) => `variables.${list}.all(c, ${expression})`)
		.join(" && ");
}
