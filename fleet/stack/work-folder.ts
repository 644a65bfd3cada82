import { copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { writeAtomic } from "../../lib/files";
import { homeFolder, projectRoot } from "../../lib/folders";

/**
 * Makes the folder in which the engine runs a stack: project and settings files of its own, so that no tracked file is
 * ever written (`up --config-file` writes a salt into that file and `stack rm` deletes it: both measured).
 */
export function prepareWorkFolder(stack: string, environmentFile: string, environment: NodeJS.ProcessEnv): string {
	const folder = join(homeFolder(environment), "work", stack);
	mkdirSync(folder, { recursive: true });
	writeFileSync(
		join(folder, "index.js"),
		`module.exports = require(${JSON.stringify(join(projectRoot, "index.ts"))});\n`,
	);
	copyFileSync(join(projectRoot, "package.json"), join(folder, "package.json"));
	if (!existsSync(join(folder, "node_modules"))) {
		symlinkSync(join(projectRoot, "node_modules"), join(folder, "node_modules"), "dir");
	}
	writeAtomic(join(folder, "Pulumi.yaml"), stringify(workProject()));
	const settings = workSettings(folder, stack, environmentFile);
	// Quoted, or the engine takes a time for a date of its own and writes it in another form.
	const quoted = { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN" } as const;
	writeAtomic(join(folder, `Pulumi.${stack}.yaml`), stringify(settings, quoted));
	return folder;
}

/** The project file with the generated entry point. */
function workProject(): object {
	const project: object = parse(readFileSync(join(projectRoot, "Pulumi.yaml"), "utf8"));
	return { ...project, main: "index.js" };
}

/** The environment's settings; the salt that the engine wrote at the stack's creation is kept. */
function workSettings(folder: string, stack: string, environmentFile: string): object {
	const file = join(folder, `Pulumi.${stack}.yaml`);
	const before: object = existsSync(file) ? (parse(readFileSync(file, "utf8")) ?? {}) : {};
	const settings: object = parse(readFileSync(environmentFile, "utf8"));
	const salt = "encryptionsalt" in before ? { encryptionsalt: before.encryptionsalt } : {};
	return { ...salt, ...settings };
}
