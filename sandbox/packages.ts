import { awsPackage } from "./aws/package";
import { azurePackage } from "./azure/package";
import { gcpPackage } from "./gcp/package";
import { kubernetesPackage } from "./kubernetes/package";
import type { SandboxPackage } from "./package";

/** Every package that the sandbox emulates, by name; the order is that of their ports. */
export const sandboxPackages: ReadonlyMap<string, SandboxPackage> = new Map(
	[awsPackage, kubernetesPackage, gcpPackage, azurePackage].map((pack) => [pack.name, pack]),
);
