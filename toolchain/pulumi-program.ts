import { join } from "node:path";
import type { GoPrograms } from "./go-build";
import { pulumiVersion } from "./versions";

/** The Pulumi CLI; Go compiles about as many packages as said, counted on 2026-11-21. */
export const pulumiProgram: GoPrograms = {
	what: `The Pulumi CLI ${pulumiVersion}`,
	module: join(__dirname, "pulumi-cli"),
	programs: { pulumi: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi" },
	variables: { "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version": `v${pulumiVersion}` },
	compiles: 1_150,
	otherwise: "install Pulumi and put it on PATH",
};
