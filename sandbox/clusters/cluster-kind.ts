import type { CustomKind } from "../../catalogue/kubernetes/custom-kind";
import type { Properties } from "../../lib/values";
import type { ControlPlaneSettings } from "../control-plane/arguments";
import type { SandboxObject, World } from "../model";
import type { SimulatedNode } from "../nodes/node";
import type { BalancerAddress } from "./balancers";
import type { Manifest } from "./manifest";
import type { Placeholder } from "./placeholders";

/** What an emulated cloud's managed Kubernetes is made of; one a cloud. */
export interface ClusterKind {
	/** Type of the cluster itself. */
	readonly type: string;
	/** Types that change which nodes a cluster has, or what the cloud runs in it. */
	readonly poolTypes: readonly string[];
	/** Kinds that the cloud adds to its clusters. */
	readonly kinds: readonly CustomKind[];
	/** Name under which people know the cluster. */
	name(cluster: SandboxObject): string;
	/** Address ranges and issuer of its control plane. */
	settings(cluster: SandboxObject, world: World): ControlPlaneSettings;
	/** The nodes that it should have now. */
	nodes(cluster: SandboxObject, world: World): SimulatedNode[];
	/** The storage classes that the cloud makes in it. */
	storageClasses(cluster: SandboxObject, world: World): Manifest[];
	/** What the cloud itself runs in it. */
	systemPods(cluster: SandboxObject, world: World): Placeholder[];
	/** Where the load balancer of a Service is reached; the same whenever it is asked for. */
	balancerAddress(cluster: SandboxObject, namespace: string, name: string): BalancerAddress;
	/** Outputs of a new cluster with the certificate of its authority, base64 of PEM, where the cloud shows it. */
	withAuthority(outputs: Properties, certificate: string): Properties;
}
