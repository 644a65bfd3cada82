import assert from "node:assert/strict";
import { checkFacts } from "../../../../sandbox/check/facts-check";
import { factsFor } from "../../../../sandbox/facts";
import { gcpModels } from "../../../../sandbox/gcp/registry";
import { estate } from "./estate";

/** Ids as the real provider gives them. */
const IDS: { readonly [name: string]: RegExp } = {
	"service compute.googleapis.com": /^research-lab\/compute\.googleapis\.com$/,
	nodesGrant: /^research-lab\/roles\/container\.defaultNodeServiceAccount\/serviceAccount:dev-nodes@/,
	audit: /^research-lab\/audit_config\/allServices$/,
	ring: /^projects\/research-lab\/locations\/us-central1\/keyRings\/cell-a1b2c3d$/,
	disksKey: /^projects\/research-lab\/locations\/us-central1\/keyRings\/cell-a1b2c3d\/cryptoKeys\/disks$/,
	vpc: /^projects\/research-lab\/global\/networks\/main$/,
	subnet: /^projects\/research-lab\/regions\/us-central1\/subnetworks\/compute$/,
	router: /^projects\/research-lab\/regions\/us-central1\/routers\/router$/,
	nat: /^research-lab\/us-central1\/router\/nat$/,
	firewall: /^projects\/research-lab\/global\/firewalls\/refuse$/,
	address: /^projects\/research-lab\/global\/addresses\/services$/,
	endpoint: /^projects\/research-lab\/global\/forwardingRules\/devus1$/,
	zone: /^projects\/research-lab\/managedZones\/apis$/,
	apex: /^projects\/research-lab\/managedZones\/apis\/rrsets\/googleapis\.com\.\/A$/,
	placement: /^projects\/research-lab\/regions\/us-central1\/resourcePolicies\/compact$/,
	reservation: /^projects\/research-lab\/zones\/us-central1-a\/reservations\/h100$/,
	nodes: /^projects\/research-lab\/serviceAccounts\/dev-nodes@research-lab\.iam\.gserviceaccount\.com$/,
	cluster: /^projects\/research-lab\/locations\/us-central1\/clusters\/research$/,
	gpu: /^projects\/research-lab\/locations\/us-central1\/clusters\/research\/nodePools\/gpu$/,
	bucket: /^dev-models-research-lab$/,
	bucketGrant: /^b\/dev-models-research-lab\/roles\/storage\.objectViewer\/principal:/,
	sink: /^projects\/research-lab\/sinks\/audit$/,
	resizer: /^projects\/research-lab\/roles\/dev_windows$/,
	open: /^projects\/research-lab\/locations\/us-central1\/jobs\/open$/,
	hub: /^projects\/research-lab\/locations\/global\/hubs\/hub$/,
	spoke: /^projects\/research-lab\/locations\/global\/spokes\/vpc$/,
	link: /^projects\/research-lab\/locations\/us-central1\/spokes\/aws$/,
	gateway: /^projects\/research-lab\/regions\/us-central1\/vpnGateways\/gateway$/,
	far: /^projects\/research-lab\/global\/externalVpnGateways\/aws$/,
	tunnel: /^projects\/research-lab\/regions\/us-central1\/vpnTunnels\/aws-a1$/,
	inside: /^us-central1\/routing\/aws-a1$/,
	session: /^projects\/research-lab\/regions\/us-central1\/routers\/routing\/aws-a1$/,
	policy: /^projects\/research-lab\/global\/firewallPolicies\/egress$/,
	domains: /^projects\/research-lab\/global\/firewallPolicies\/egress\/2000$/,
	joined: /^projects\/research-lab\/global\/firewallPolicies\/egress\/associations\/egress$/,
	repository: /^projects\/research-lab\/locations\/us-central1\/repositories\/serving$/,
};

/** Outputs that programs use, as the real provider gives them. */
const OUTPUTS: readonly (readonly [object: string, output: string, form: RegExp])[] = [
	["vpc", "selfLink", /^https:\/\/www\.googleapis\.com\/compute\/v1\/projects\/research-lab\/global\/networks\/main$/],
	[
		"subnet",
		"selfLink",
		/^https:\/\/www\.googleapis\.com\/compute\/v1\/projects\/.*\/regions\/us-central1\/subnetworks\/compute$/,
	],
	["subnet", "gatewayAddress", /^10\.0\.0\.1$/],
	["nodes", "email", /^dev-nodes@research-lab\.iam\.gserviceaccount\.com$/],
	["nodes", "member", /^serviceAccount:dev-nodes@research-lab\.iam\.gserviceaccount\.com$/],
	["nodes", "uniqueId", /^\d{21}$/],
	["cluster", "endpoint", /^10\.0\.0\.\d+$/],
	[
		"cluster",
		"selfLink",
		/^https:\/\/container\.googleapis\.com\/v1\/projects\/research-lab\/locations\/us-central1\/clusters\/research$/,
	],
	["cluster", "masterVersion", /^1\.34\.\d+-gke\.\d+$/],
	["cluster", "servicesIpv4Cidr", /^10\.6\.0\.0\/20$/],
	["bucket", "url", /^gs:\/\/dev-models-research-lab$/],
	["sink", "writerIdentity", /^serviceAccount:service-123456789012@gcp-sa-logging\.iam\.gserviceaccount\.com$/],
	["repository", "registryUri", /^us-central1-docker\.pkg\.dev\/research-lab\/serving$/],
	["endpoint", "pscConnectionStatus", /^ACCEPTED$/],
	["tunnel", "peerIp", /^203\.0\.113\.1$/],
	["session", "ipAddress", /^169\.254\.30\.2$/],
	["open", "state", /^ENABLED$/],
	["link", "group", /\/hubs\/hub\/groups\/default$/],
];

describe("objects of Google Cloud", () => {
	const { made, of } = estate();

	it("cover every type of the registry", () => {
		const types = new Set(Object.values(made).map((object) => object.type));
		assert.deepEqual(
			[...gcpModels.keys()].filter((type) => !types.has(type)),
			[],
		);
	});

	for (const [name, form] of Object.entries(IDS)) {
		it(`give ${name} an id of the real form`, () => assert.match(of(name).id, form));
	}

	for (const [name, output, form] of OUTPUTS) {
		it(`give ${name} a ${output} of the real form`, () => assert.match(String(of(name).outputs[output]), form));
	}

	for (const [name, object] of Object.entries(made)) {
		it(`fill every computed output of ${name}`, () => {
			const facts = factsFor("gcp").resources[object.type];
			assert.ok(facts);
			const computed = Object.keys(facts.outputs).filter((key) => !Object.hasOwn(facts.inputs, key));
			assert.deepEqual(
				computed.filter((key) => object.outputs[key] === undefined),
				[],
			);
		});

		it(`give outputs of ${name} that the SDK has, in its types`, () => {
			const facts = factsFor("gcp");
			const own = facts.resources[object.type];
			assert.ok(own);
			const outputs = { ...facts, resources: { [object.type]: { ...own, inputs: own.outputs, required: [] } } };
			assert.deepEqual(checkFacts(outputs, object.type, object.outputs), []);
		});
	}

	it("give clusters a certificate of the real form", () => {
		const auth = JSON.parse(JSON.stringify(of("cluster").outputs.masterAuth));
		assert.match(Buffer.from(auth.clusterCaCertificate, "base64").toString(), /^-----BEGIN CERTIFICATE-----\n/);
	});

	it("carry the labels under both names", () => {
		assert.deepEqual(of("bucket").outputs.pulumiLabels, { owner: "platform" });
		assert.deepEqual(of("bucket").outputs.effectiveLabels, { owner: "platform" });
	});
});

describe("deletion of objects of Google Cloud", () => {
	const { stage, of } = estate();
	const retains = (name: string) => gcpModels.get(of(name).type)?.retains?.(of(name));
	const refusal = (name: string, inputs = {}) => {
		const object = of(name);
		const changed = { ...object, inputs: { ...object.inputs, ...inputs } };
		return gcpModels.get(object.type)?.refusesDelete?.(changed, stage);
	};

	it("keeps key rings, keys, locked buckets and enabled services", () => {
		assert.match(String(retains("ring")), /never be deleted/);
		assert.match(String(retains("disksKey")), /never be deleted/);
		assert.match(String(retains("locked")), /retention policy is locked/);
		assert.match(String(retains("service compute.googleapis.com")), /stays enabled/);
		assert.match(String(retains("resizer")), /7 days/);
		assert.equal(retains("vpc"), undefined);
		assert.equal(retains("bucket"), undefined);
	});

	it("is refused for a cluster unless its protection is off", () => {
		assert.equal(refusal("cluster"), undefined);
		assert.match(String(refusal("cluster", { deletionProtection: true })), /deletionProtection is on/);
		assert.match(String(refusal("cluster", { deletionProtection: null })), /which is the default/);
	});

	it("is refused where the deletion policy says so", () => {
		assert.equal(refusal("vpc"), undefined);
		assert.match(String(refusal("vpc", { deletionPolicy: "PREVENT" })), /PREVENT/);
	});

	it("is held up by what the real cloud would name", () => {
		const holds = (type: string, path: string) =>
			gcpModels.get(type)?.references?.find((reference) => reference.path === path)?.holds ?? true;
		assert.equal(holds("gcp:compute/subnetwork:Subnetwork", "network"), true);
		assert.equal(holds("gcp:compute/firewall:Firewall", "network"), true);
		assert.equal(holds("gcp:compute/router:Router", "network"), true);
		assert.equal(holds("gcp:container/cluster:Cluster", "subnetwork"), true);
		assert.equal(holds("gcp:dns/recordSet:RecordSet", "managedZone"), true);
		assert.equal(holds("gcp:networkconnectivity/spoke:Spoke", "hub"), true);
		assert.equal(holds("gcp:networkconnectivity/spoke:Spoke", "linkedVpcNetwork.uri"), true);
		assert.equal(holds("gcp:networkconnectivity/spoke:Spoke", "linkedVpnTunnels.uris[]"), true);
		assert.equal(holds("gcp:compute/vPNTunnel:VPNTunnel", "vpnGateway"), true);
		assert.equal(holds("gcp:compute/routerPeer:RouterPeer", "interface"), true);
		assert.equal(
			holds("gcp:compute/networkFirewallPolicyAssociation:NetworkFirewallPolicyAssociation", "firewallPolicy"),
			true,
		);
		assert.equal(holds("gcp:storage/bucket:Bucket", "encryption.defaultKmsKeyName"), false);
		assert.equal(holds("gcp:storage/bucketIAMMember:BucketIAMMember", "bucket"), false);
		assert.equal(holds("gcp:container/nodePool:NodePool", "nodeConfig.serviceAccount"), false);
	});
});
