import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { closest } from "fastest-levenshtein";
import { parse } from "yaml";
import { ExitCode, UserError } from "../lib/errors";
import { projectRoot } from "../lib/folders";
import { parseSpec } from "./parse";
import type { Spec } from "./schema";

/** Configuration key that holds the specification. */
export const specKey = "meridian:spec";

/** An environment's file with its specification. */
export interface EnvironmentFile {
	readonly file: string;
	readonly spec: Spec;
	/** The specification as it stands in the file, before defaults: what the engine hands to the program. */
	readonly value: unknown;
}

/** The environments that have a file in the folder, sorted. */
export function environments(folder: string = projectRoot): string[] {
	return readdirSync(folder)
		.flatMap((name) => /^Pulumi\.([a-z][a-z0-9]*)\.yaml$/.exec(name)?.[1] ?? [])
		.sort();
}

/** Reads and checks `Pulumi.<environment>.yaml`; every problem of the file is in one `UserError`. */
export function loadEnvironment(environment: string, folder: string = projectRoot): EnvironmentFile {
	const file = join(folder, `Pulumi.${environment}.yaml`);
	if (!existsSync(file)) {
		throw unknownEnvironment(environment, environments(folder));
	}
	const config = readConfig(file);
	const spec = parseSpec(config[specKey], `Pulumi.${environment}.yaml`);
	if (spec.environment !== environment) {
		throw new UserError(
			`Pulumi.${environment}.yaml: environment: must be ${environment}, the name in the file's own name, but ${spec.environment} was given`,
		);
	}
	return { file, spec, value: config[specKey] };
}

function readConfig(file: string): { readonly [key: string]: unknown } {
	let document: unknown;
	try {
		document = parse(readFileSync(file, "utf8"), { maxAliasCount: 10 });
	} catch (error) {
		throw new UserError(`${file} is not YAML: ${error instanceof Error ? error.message : error}`);
	}
	const config = isBag(document) ? document.config : undefined;
	if (!isBag(config) || !(specKey in config)) {
		throw new UserError(`${file} has no ${specKey} under config:`, {
			remedy: "copy Pulumi.dev.yaml and change it; docs/spec.md lists every setting",
		});
	}
	return config;
}

function unknownEnvironment(environment: string, known: readonly string[]): UserError {
	const near = known.length > 0 ? `; did you mean ${closest(environment, [...known])}?` : "";
	return new UserError(`There is no environment ${environment}: no file Pulumi.${environment}.yaml${near}`, {
		code: ExitCode.notFound,
		remedy: `environments here: ${known.join(", ") || "none"}`,
	});
}

function isBag(value: unknown): value is { readonly [key: string]: unknown } {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
