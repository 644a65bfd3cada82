import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { specKey } from "../../spec/load";
import type { ProjectCopy } from "./project-copy";

/** Leaves only the AWS region and account in a copy's `dev`, for a test that needs an update, not all clouds. */
export function keepOnlyAws(project: ProjectCopy): void {
	const file = join(project.root, "Pulumi.dev.yaml");
	const settings: { config: { [key: string]: { accounts: object; regions: { cloud: string }[] } } } = parse(
		readFileSync(file, "utf8"),
	);
	const spec = settings.config[specKey];
	if (spec === undefined) {
		throw new Error(`${file} holds no ${specKey}`);
	}
	spec.accounts = Object.fromEntries(Object.entries(spec.accounts).filter(([cloud]) => cloud === "aws"));
	spec.regions = spec.regions.filter(({ cloud }) => cloud === "aws");
	writeFileSync(file, stringify(settings));
}
