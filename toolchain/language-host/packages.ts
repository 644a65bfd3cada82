import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** An installed npm package, and the provider plugin that it stands for, if any. */
export interface InstalledPackage {
	readonly name: string;
	readonly version: string;
	/** Plugin name and server, where the package's `pulumi.resource` is true. */
	readonly plugin?: ProviderPlugin;
}

/** A provider plugin as the engine asks for it; `server` is empty where it is the publisher's own. */
export interface ProviderPlugin {
	readonly name: string;
	readonly version: string;
	readonly server: string;
}

interface Manifest {
	readonly name?: string;
	readonly version?: string;
	readonly dependencies?: { readonly [name: string]: string };
	readonly devDependencies?: { readonly [name: string]: string };
	readonly pulumi?: {
		readonly resource?: boolean;
		readonly name?: string;
		readonly version?: string;
		readonly server?: string;
	};
}

/** The direct dependencies of the program at `directory`, as installed; empty where there is no package.json. */
export function installedPackages(directory: string): InstalledPackage[] {
	const root = manifestFolder(directory);
	const manifest = root === undefined ? undefined : readManifest(join(root, "package.json"));
	if (root === undefined || manifest === undefined) {
		return [];
	}
	const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
	return names.flatMap((name) => installed(root, name));
}

function installed(root: string, name: string): InstalledPackage[] {
	const manifest = readManifest(join(root, "node_modules", name, "package.json"));
	if (manifest?.version === undefined) {
		return [];
	}
	const { pulumi, version } = manifest;
	if (pulumi?.resource !== true) {
		return [{ name, version }];
	}
	const plugin = {
		name: pulumi.name ?? name.replace(/^@pulumi\//, ""),
		version: pulumi.version ?? version,
		server: pulumi.server ?? "",
	};
	return [{ name, version, plugin }];
}

function manifestFolder(directory: string): string | undefined {
	if (existsSync(join(directory, "package.json"))) {
		return directory;
	}
	const parent = dirname(directory);
	return parent === directory ? undefined : manifestFolder(parent);
}

function readManifest(file: string): Manifest | undefined {
	if (!existsSync(file)) {
		return undefined;
	}
	const manifest: Manifest = JSON.parse(readFileSync(file, "utf8"));
	return manifest;
}
