import type { Properties } from "../../lib/values";
import type { ControlPlaneSettings } from "../control-plane/arguments";
import type { SandboxObject, World } from "../model";
import type { SimulatedNode } from "../nodes/node";
import type { CustomKind } from "./definition";

/** What an emulated cloud's managed Kubernetes is made of; one a cloud. */
export interface ClusterKind {
	/** Type of the cluster itself. */
	readonly type: string;
	/** Types that change which nodes a cluster has. */
	readonly poolTypes: readonly string[];
	/** Kinds that the cloud adds to its clusters. */
	readonly kinds: readonly CustomKind[];
	/** Name under which people know the cluster. */
	name(cluster: SandboxObject): string;
	/** Address ranges and issuer of its control plane. */
	settings(cluster: SandboxObject, world: World): ControlPlaneSettings;
	/** The nodes that it should have now. */
	nodes(cluster: SandboxObject, world: World): SimulatedNode[];
	/** Outputs of a new cluster with the certificate of its authority, base64 of PEM, where the cloud shows it. */
	withAuthority(outputs: Properties, certificate: string): Properties;
}
