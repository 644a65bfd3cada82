import { isDeepStrictEqual } from "node:util";
import { isUnknown } from "../../lib/values";
import { faultsOf } from "../check/fault-table";
import { at, list, text } from "../check/inputs";
import type { CheckContext, Fault } from "../model";

/** What AKS fixes when it makes a pool. Source: AKS API reference, agentPoolProfiles; pulumi-azure-native #2774, read 2026-11-21. */
const FIXED = [
	"availabilityZones",
	"enableEncryptionAtHost",
	"maxPods",
	"osDiskSizeGB",
	"osDiskType",
	"vmSize",
	"vnetSubnetID",
] as const;

/** Pools of a cluster that exists can neither be added nor rebuilt through the cluster itself. */
export function profileChangeFaults({ inputs, self }: CheckContext): Fault[] {
	const before = list(self?.outputs, "agentPoolProfiles");
	if (self === undefined || before.length === 0) {
		return [];
	}
	return list(inputs, "agentPoolProfiles").flatMap((pool, i) => {
		const name = text(pool, "name");
		const old = before.find((each) => text(each, "name") === name);
		const changed = FIXED.filter((path) => {
			const [was, now] = [at(old, path), at(pool, path)];
			return was !== undefined && now !== undefined && !isUnknown(now) && !isDeepStrictEqual(was, now);
		});
		return faultsOf([
			{
				when: name !== undefined && old === undefined,
				property: `agentPoolProfiles[${i}]`,
				reason: `the pool ${name} cannot be added through the cluster; make an AgentPool of it`,
			},
			...(old === undefined ? [] : changed).map((path) => ({
				when: true,
				property: `agentPoolProfiles[${i}].${path}`,
				reason: `cannot change in the pool ${name} from ${JSON.stringify(at(old, path))} to ${JSON.stringify(at(pool, path))}; destroy the cluster first, or put what it carries into a pool of its own`,
			})),
		]);
	});
}
