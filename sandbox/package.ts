import type { Properties } from "../lib/values";
import type { ClusterKind } from "./clusters/cluster-kind";
import type { Fault, Scope, TypeModel, World } from "./model";

/** One emulated provider package: what it knows of its types and how its configuration names a place. */
export interface SandboxPackage {
	/** Pulumi package name, as `aws` or `azure-native`. */
	readonly name: string;
	/** Version of the installed SDK, which the engine compares. */
	readonly version: string;
	readonly models: ReadonlyMap<string, TypeModel>;
	/** Where a provider instance with this configuration works, or why the cloud would not let it in. */
	readonly scopeOf: (config: Properties, world: World) => { scope: Scope } | { faults: Fault[] };
	/** The scope of one resource, where an input of its own (`region`) says otherwise than the provider. */
	readonly scopeOfResource?: (inputs: Properties, scope: Scope) => Scope;
	/** What a provider's configuration adds to a resource's computed outputs, as default tags to `tagsAll`. */
	readonly configuredOutputs?: (config: Properties, computed: Properties) => Properties;
	/** How the package's managed clusters are run, where it has any. */
	readonly clusters?: ClusterKind;
	/** True where its objects live in a cluster; their scope's account is the cluster's key. */
	readonly inCluster?: true;
}
