import { faultsOf } from "../check/fault-table";
import { text } from "../check/inputs";
import type { CheckContext, Fault, SandboxObject } from "../model";
import { ALIAS, KEY } from "./kms";

/** Every way in which AWS lets a key be named: key ARN, alias ARN, key id, alias. */
const NAMES_A_KEY =
	/^(arn:[^:]+:kms:[^:]+:\d{12}:(key|alias)\/.+|[0-9a-f]{8}-[0-9a-f-]{27}|mrk-[0-9a-f]{32}|alias\/.+)$/;

/** The key that a text names by ARN, id or alias; undefined where the world has none. */
export function keyNamed(context: Pick<CheckContext, "scope" | "world">, name: string): SandboxObject | undefined {
	const { scope, world } = context;
	const near = (types: readonly string[], by: string): SandboxObject | undefined =>
		world.find(types, by, name).find(({ account, region }) => account === scope.account && region === scope.region);
	const [direct = near([KEY], "keyId")] = world.find([KEY], "arn", name);
	const [alias = near([ALIAS], "name")] = direct ? [] : world.find([ALIAS], "arn", name);
	const target = text(alias?.outputs, "targetKeyId");
	return direct ?? (target === undefined ? undefined : keyNamed(context, target));
}

/** Why a service cannot encrypt with the key that is named: no key's name, disabled, not symmetric. */
export function unusableKeyFaults(context: CheckContext, name: string | undefined, property: string): Fault[] {
	const key = name === undefined ? undefined : keyNamed(context, name);
	const spec = text(key?.outputs, "customerMasterKeySpec") ?? "SYMMETRIC_DEFAULT";
	return faultsOf([
		{
			when: name !== undefined && !NAMES_A_KEY.test(name),
			property,
			reason: `must name a KMS key by ARN, id or alias, but ${JSON.stringify(name)} was given; give the key's ARN`,
		},
		{
			when: key?.outputs.isEnabled === false,
			property,
			reason: `the key ${name} is disabled; set isEnabled on it`,
		},
		{
			when: spec !== "SYMMETRIC_DEFAULT",
			property,
			reason: `must be a symmetric key, but the key spec of ${name} is ${spec}; use one of SYMMETRIC_DEFAULT`,
		},
	]);
}
