import { isUnknown, type Located, valuesAt } from "../../lib/values";
import type { CheckContext, Fault, NameRule, Reference, SandboxObject, Scope, TypeModel } from "../model";
import { COMPANIONS } from "./companions";
import { didYouMean, oneOf } from "./did-you-mean";

/** Everything that the cloud refuses beyond the SDK's types: names, values, references and the type's own rules. */
export function checkModel(model: TypeModel, context: CheckContext): Fault[] {
	return [
		...(model.name ? checkName(model, model.name, context) : []),
		...checkValues(model, context),
		...(model.references ?? []).flatMap((reference) => checkReference(model, reference, context)),
		...(model.check?.(context) ?? []),
	];
}

function checkName(model: TypeModel, rule: NameRule, context: CheckContext): Fault[] {
	return knownTexts(context, rule.path).flatMap(({ path, text }) => {
		if (!rule.pattern.test(text)) {
			return [{ property: path, reason: `must be ${rule.allowed}, but ${JSON.stringify(text)} was given; rename it` }];
		}
		const twin = context.world
			.find([model.type], rule.path, text)
			.find((other) => !isSelf(other, context) && sharesNames(other, rule.unique, context.scope));
		return twin ? [{ property: path, reason: taken(text, rule.unique, twin) }] : [];
	});
}

function sharesNames(other: SandboxObject, unique: NameRule["unique"], scope: Scope): boolean {
	switch (unique) {
		case "everywhere":
			return true;
		case "account":
			return other.account === scope.account;
		case "region":
			return other.account === scope.account && other.region === scope.region;
		case "none":
			return false;
	}
}

function taken(name: string, unique: NameRule["unique"], twin: SandboxObject): string {
	const within = unique === "everywhere" ? "all accounts and regions" : `the ${unique}`;
	return `must be unique within ${within}, but ${JSON.stringify(name)} is taken by ${twin.urn || twin.id}; choose another`;
}

function checkValues(model: TypeModel, context: CheckContext): Fault[] {
	return Object.entries(model.values ?? {}).flatMap(([path, allowed]) =>
		knownTexts(context, path)
			.filter(({ text }) => !allowed.includes(text))
			.map(({ path: property, text }) => ({
				property,
				reason: `must be ${oneOf(allowed)}, but ${JSON.stringify(text)} was given${didYouMean(text, allowed)}`,
			})),
	);
}

function checkReference(model: TypeModel, reference: Reference, context: CheckContext): Fault[] {
	const wanted = knownTexts(context, reference.path).filter(({ text }) => reference.only?.test(text) ?? true);
	return wanted.flatMap(({ path, text }) => {
		const found = targets(reference, text, context);
		const kinds = reference.to.map(kindOf).join(" or ");
		if (found.length === 0) {
			const reason = `names no existing ${kinds}: ${JSON.stringify(text)}; create it first, or give the ${reference.by} of one that exists`;
			return [{ property: path, reason }];
		}
		const near = found.some((other) => inReach(other, model, reference, context.scope));
		const [first] = found;
		if (near || !first) {
			return [];
		}
		const { account, region } = context.scope;
		const reason = `must be in ${account}/${region}, but the ${kinds} ${JSON.stringify(text)} is in ${first.account}/${first.region}; use one of the same place`;
		return [{ property: path, reason }];
	});
}

/** What a value may mean: objects of the named types, and what the cloud made along with another object. */
function targets(reference: Reference, text: string, context: CheckContext): SandboxObject[] {
	const companions = reference.by === "id" ? COMPANIONS.filter(({ of }) => reference.to.includes(of)) : [];
	return [
		...context.world.find(reference.to, reference.by, text),
		...companions.flatMap(({ madeBy, output }) => context.world.find([madeBy], output, text)),
	];
}

function inReach(other: SandboxObject, model: TypeModel, reference: Reference, scope: Scope): boolean {
	const everywhere = reference.anyRegion === true || reference.by === "arn";
	const placeless = reference.anyRegion === true || model.global === true || other.region === "global";
	return (everywhere || other.account === scope.account) && (placeless || other.region === scope.region);
}

/** True for the object that is being updated or replaced. */
export function isSelf(other: SandboxObject, context: CheckContext): boolean {
	return context.self !== undefined && other.type === context.self.type && other.id === context.self.id;
}

/** `Subnet` of `aws:ec2/subnet:Subnet`. */
function kindOf(token: string): string {
	return token.split(":").at(-1) ?? token;
}

/** The known texts at a path; unknown values and values of other kinds (facts-check reports them) are left out. */
function knownTexts(context: CheckContext, path: string): { path: string; text: string }[] {
	return valuesAt(context.inputs, path).flatMap((at: Located) =>
		typeof at.value === "string" && !isUnknown(at.value) ? [{ path: at.path, text: at.value }] : [],
	);
}
