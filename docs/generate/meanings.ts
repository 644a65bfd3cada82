import type { DocComments } from "./doc-comments";

/** What settings mean whose schema says it with their name alone; a doc comment in spec/schema.ts takes their place. */
const plainMeanings: { readonly [path: string]: string } = {
	environment: "Name of the environment, the same as in the file's name `Pulumi.<environment>.yaml`.",
	layout: "`single`: one stack for all cells, named as the environment. `cells`: one stack for each cell.",
	target: "`sandbox`: the emulated clouds on this machine. `cloud`: the real account that `accounts` names.",
	organization: "Who owns what is built; goes into names and tags.",
	"organization.name": "First part of every physical name, and a tag.",
	"organization.owner": "Tag `owner`: the team that answers for the resources.",
	"organization.costCentre": "Tag `cost-centre`.",
	"organization.domain": "DNS domain of the organization.",
	protection: "How hard it is to lose something.",
	keys: "Customer-managed keys.",
	logs: "Log groups.",
	policies: "What rules are told about this environment.",
	accounts: "The account of each cloud.",
	"accounts.aws": "The one AWS account that the providers may touch.",
	"accounts.aws.quotas":
		"What the account was granted of each family in each region, as `{us-east-1: {p: 24000}}`; catalogue/quota-families.ts has the families with their units.",
	"accounts.gcp.quotas":
		"What the account was granted of each family in each region, as `{us-central1: {h100-mega: 832}}`; catalogue/quota-families.ts has the families with their units.",
	"accounts.azure.quotas":
		"What the account was granted of each family in each region, as `{eastus: {standardNDSH100v5Family: 20000}}`; catalogue/quota-families.ts has the families with their units.",
	"accounts.gcp": "The one project on Google Cloud; needed where a region is on it.",
	"accounts.azure": "The one subscription on Azure; needed where a region is on it.",
	global: "The cell that all others share.",
	"global.cloud": "Cloud of the global cell.",
	"global.region": "Region of the global cell, one of catalogue/aws/regions.ts.",
	regions: "The regions; each that is enabled becomes a cell `<cloud>-<region>`.",
	"regions[].cloud": "Cloud of the region; it says what else may stand in the entry.",
	"regions[].region": "The cloud's own name of the region; one of the cloud's regions in catalogue/.",
	"regions[].cluster": "The region's Kubernetes cluster.",
	"regions[].cluster.allowedAddresses":
		"Ranges that may reach the API server, each /16 or smaller; only with access `allow-list`.",
	"regions[].systemPool": "Nodes for the platform's own services, spread over the zones.",
	"regions[].systemPool.instanceType": "Instance type, machine type or VM size of the cloud's table in catalogue/.",
	"regions[].systemPool.min": "Nodes at least, and at the start.",
	"regions[].systemPool.max": "Nodes at most; not below `min`.",
	"regions[].systemPool.rootVolume": "Root volume of each node.",
	"network.egress": "What nodes and pods reach outside.",
	"inference.replica.tensorParallel": "GPUs that share each layer; within one node.",
	"inference.replica.pipelineParallel": "Stages that the layers are dealt out to; a node or more each.",
	"inference.modules": "The modules; one list with pool, queue, route weight and data class.",
	"inference.substitutes": "The deviation table: what is given where a cloud does not offer what is asked.",
	"inference.asked": "What is asked of an inference node.",
	"regions[].serving.instanceType": "The accelerated type of all modules' nodes; the region must offer it.",
	"regions[].gpuPools": "Pools of accelerated nodes, each in one zone.",
	"regions[].gpuPools[].name": "Name of the pool, unique in its region.",
	"regions[].gpuPools[].instanceType":
		"An accelerated type of the cloud's table in catalogue/ that the pool's zone offers.",
	"regions[].gpuPools[].nodes": "Nodes wanted.",
	"regions[].gpuPools[].driver":
		"Who installs the GPU driver: AKS, or the GPU Operator, which GPUDirect over InfiniBand needs. Never both.",
	"regions[].gpuPools[].capacity": "What the pool's nodes are drawn from.",
	"regions[].gpuPools[].capacity.kind": "Chooses this kind.",
	"regions[].gpuPools[].capacity{reservation}.name": "The reservation that exists; not together with `create`.",
	"regions[].gpuPools[].capacity{calendar}.name": "The reservation of the purchased window.",
	"regions[].gpuPools[].capacity{calendar}.starts": "When the window begins, in UTC.",
	"regions[].gpuPools[].capacity{calendar}.ends": "When the window ends, in UTC; later than `starts`.",
	"regions[].gpuPools[].capacity{reservation}.id": "The reservation that exists; not together with `create`.",
	"regions[].gpuPools[].capacity{reservation}.create": "Makes the reservation for all nodes of the pool.",
	"regions[].gpuPools[].capacity{capacity-block}.id": "The reservation id of the purchased block.",
	"regions[].gpuPools[].capacity{capacity-block}.starts": "When the block begins, in UTC.",
	"regions[].gpuPools[].capacity{capacity-block}.ends": "When the block ends, in UTC; later than `starts`.",
};

/** What a setting means: its doc comment, else its plain meaning. Throws where it has neither, so that none is forgotten. */
export function meaningOf(path: string, comments: DocComments): string {
	const meaning = comments.get(path) ?? rowsFor(path).flatMap((row) => plainMeanings[row] ?? [])[0];
	if (meaning === undefined) {
		throw new Error(
			`${path} has no meaning: give it a doc comment in spec/schema/, or a row in docs/generate/meanings.ts`,
		);
	}
	return meaning;
}

/** Rows that may speak of a setting: of its own alternative first, then of a setting that all clouds or kinds share. */
function rowsFor(path: string): string[] {
	const everyCloud = path.replace(/^regions\[\]\{[^}]+\}/, "regions[]");
	const rows = [path, everyCloud, everyCloud.replace(/\{[^}]+\}/g, "")];
	// The pools of modules are pools like the others.
	return [...rows, ...rows.map((row) => row.replace("regions[].serving.", "regions[].gpuPools[]."))];
}

/** Rows of the table that nothing needs: the setting is gone, or the schema says it itself. */
export function idleMeanings(paths: readonly string[], comments: DocComments): string[] {
	const told = new Set(
		paths
			.filter((path) => !comments.has(path))
			.flatMap((path) => rowsFor(path).find((row) => row in plainMeanings) ?? []),
	);
	return Object.keys(plainMeanings).filter((row) => !told.has(row));
}
