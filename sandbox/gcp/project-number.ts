import { createHash } from "node:crypto";
import { text } from "../check/inputs";
import type { CheckContext } from "../model";

const AGENT = /^serviceAccount:service-(\d+)@/;

/** Types whose members name the service agents of their own project. */
const GRANTS = ["gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember", "gcp:projects/iAMMember:IAMMember"];

/**
 * The number of the scope's project. The sandbox is told project ids only: it takes the number that the project's
 * grants to service agents use, else 12 digits that the id always gives.
 */
export function numberOf({ scope, world }: Pick<CheckContext, "scope" | "world">): string {
	const places = [scope, { ...scope, region: "global" }];
	const grants = GRANTS.flatMap((type) => places.flatMap((place) => world.list(type, place)));
	const known = grants.flatMap(({ outputs }) => AGENT.exec(text(outputs, "member") ?? "")?.[1] ?? []);
	const digest = createHash("sha256").update(scope.account).digest().readUIntBE(0, 6);
	return known[0] ?? String(100_000_000_000 + (digest % 899_999_999_999));
}
