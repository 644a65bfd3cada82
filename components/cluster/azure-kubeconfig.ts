import * as azure from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { type ClientAuth, kubeconfig } from "./kubeconfig";

/** What a kubeconfig is made from. */
interface Access {
	readonly cluster: azure.containerservice.ManagedCluster;
	readonly groupName: pulumi.Output<string>;
}

/** The Entra application of every AKS API server. Source: kubelogin's documentation, "AKS AAD Server", read 2026-11-21. */
const serverApplication = "6dae42f8-4368-4678-94ff-3960e28e3630";

/** kubelogin takes whoever is signed in to the Azure command line, as the engine's own provider does. */
const kubelogin: ClientAuth = {
	kind: "exec",
	protocol: "v1beta1",
	command: "kubelogin",
	args: ["get-token", "--login", "azurecli", "--server-id", serverApplication],
};

/**
 * A kubeconfig of a cluster with Entra alone. Azure tells the API server's certificate only in the kubeconfig that it
 * hands out, which holds no secret where local accounts are off.
 */
export function azureKubeconfig(
	{ cluster, groupName }: Access,
	target: "sandbox" | "cloud",
	opts: pulumi.InvokeOptions,
): pulumi.Output<string> {
	const given = azure.containerservice.listManagedClusterUserCredentialsOutput(
		{ resourceGroupName: groupName, resourceName: cluster.name },
		opts,
	);
	// A preview that cannot ask yet loses what the question depends on, and the update would not be the planned one.
	return pulumi.all([cluster.name, cluster.fqdn, given.kubeconfigs, groupName]).apply(([name, fqdn, kubeconfigs]) =>
		kubeconfig(
			{
				name,
				endpoint: `https://${fqdn}:443`,
				certificateAuthority: certificateOf(kubeconfigs[0]?.value ?? ""),
			},
			target === "sandbox" ? { kind: "sandbox-certificate" } : kubelogin,
		),
	);
}

/** The API server's certificate in a kubeconfig, base64 as Azure hands it out. */
function certificateOf(encoded: string): string {
	const config: unknown = parse(Buffer.from(encoded, "base64").toString("utf8"));
	const found = ["clusters", "0", "cluster", "certificate-authority-data"].reduce<unknown>(
		(holder, step) => (typeof holder === "object" && holder !== null ? Reflect.get(holder, step) : undefined),
		config,
	);
	if (typeof found !== "string") {
		throw new Error("Azure handed out a kubeconfig without a certificate");
	}
	return found;
}
