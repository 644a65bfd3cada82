import assert from "node:assert/strict";
import { awsModels } from "../../../sandbox/aws/registry";
import { checkFacts } from "../../../sandbox/check/facts-check";
import { factsFor } from "../../../sandbox/facts";
import { estate } from "./estate";

/** Outputs that the real provider leaves empty for these objects, with the reason. */
const LEFT_OUT: { readonly [output: string]: string } = {
	"aws:ec2/natGateway:NatGateway.autoProvisionZones": "regional gateways only",
	"aws:ec2/natGateway:NatGateway.autoScalingIps": "regional gateways only",
	"aws:ec2/natGateway:NatGateway.regionalNatGatewayAddresses": "regional gateways only",
	"aws:ec2/natGateway:NatGateway.regionalNatGatewayAutoMode": "regional gateways only",
	"aws:ec2/natGateway:NatGateway.routeTableId": "regional gateways only",
	"aws:s3/bucket:Bucket.websiteDomain": "website buckets only",
	"aws:s3/bucket:Bucket.websiteEndpoint": "website buckets only",
};

/** The form of each id, as the real cloud or provider makes it. */
const IDS: { readonly [name: string]: RegExp } = {
	vpc: /^vpc-0[0-9a-f]{16}$/,
	more: /^vpc-cidr-assoc-0[0-9a-f]{16}$/,
	subnetA: /^subnet-0[0-9a-f]{16}$/,
	igw: /^igw-0[0-9a-f]{16}$/,
	eip: /^eipalloc-0[0-9a-f]{16}$/,
	nat: /^nat-0[0-9a-f]{16}$/,
	table: /^rtb-0[0-9a-f]{16}$/,
	route: /^r-rtb-0[0-9a-f]{16}1080289494$/,
	association: /^rtbassoc-0[0-9a-f]{16}$/,
	group: /^sg-0[0-9a-f]{16}$/,
	ingress: /^sgr-0[0-9a-f]{16}$/,
	endpoint: /^vpce-0[0-9a-f]{16}$/,
	flowLog: /^fl-0[0-9a-f]{16}$/,
	template: /^lt-0[0-9a-f]{16}$/,
	placement: /^training$/,
	reservation: /^cr-0[0-9a-f]{16}$/,
	encryption: /^terraform-\d{26}$/,
	defaultKey: /^arn:aws:kms:us-east-1:111122223333:key\//,
	key: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
	alias: /^alias\/main$/,
	nodeRole: /^node$/,
	policy: /^arn:aws:iam::111122223333:policy\/read$/,
	rolePolicy: /^pod:inline$/,
	attachment: /^node\/arn:aws:iam::aws:policy\/AmazonEKSWorkerNodePolicy$/,
	oidc: /^arn:aws:iam::111122223333:oidc-provider\/oidc\.eks\.us-east-1\.amazonaws\.com\/id\/ABC$/,
	cluster: /^research$/,
	nodeGroup: /^research:gpu$/,
	addon: /^research:vpc-cni$/,
	entry: /^research:arn:aws:iam::111122223333:role\/pod$/,
	accessPolicy:
		/^research#arn:aws:iam::111122223333:role\/pod#arn:aws:eks::aws:cluster-access-policy\/AmazonEKSViewPolicy$/,
	podIdentity: /^a-[0-9a-f]{17}$/,
	bucket: /^meridian-audit-logs$/,
	versioning: /^meridian-audit-logs$/,
	accountBlock: /^111122223333$/,
	trail: /^arn:aws:cloudtrail:us-east-1:111122223333:trail\/audit$/,
	logGroup: /^\/meridian\/flows$/,
	hub: /^tgw-0[0-9a-f]{16}$/,
	hubTable: /^tgw-rtb-0[0-9a-f]{16}$/,
	vpcAttachment: /^tgw-attach-0[0-9a-f]{16}$/,
	accepter: /^tgw-attach-0[0-9a-f]{16}$/,
	vpcAssociation: /^tgw-rtb-0[0-9a-f]{16}_tgw-attach-0[0-9a-f]{16}$/,
	spokeRoute: /^tgw-rtb-0[0-9a-f]{16}_10\.0\.0\.0\/8$/,
	customer: /^cgw-0[0-9a-f]{16}$/,
	vpn: /^vpn-0[0-9a-f]{16}$/,
	schedule: /^gpu-open$/,
	zone: /^Z[0-9A-F]{20}$/,
	repository: /^team\/serving$/,
	lifecyclePolicy: /^team\/serving$/,
};

describe("AWS objects", () => {
	const { made, of } = estate();

	it("cover every type of the registry", () => {
		const types = new Set(Object.values(made).map((object) => object.type));
		assert.deepEqual(
			[...awsModels.keys()].filter((type) => !types.has(type)),
			[],
		);
	});

	for (const [name, form] of Object.entries(IDS)) {
		it(`give ${name} an id of the real form`, () => assert.match(of(name).id, form));
	}

	for (const object of Object.values(made)) {
		it(`fill every computed output of ${object.type} (${object.id.slice(0, 24)})`, () => {
			const facts = factsFor("aws").resources[object.type];
			assert.ok(facts);
			const computed = Object.keys(facts.outputs).filter((key) => !Object.hasOwn(facts.inputs, key));
			const missing = computed.filter(
				(key) => object.outputs[key] === undefined && !Object.hasOwn(LEFT_OUT, `${object.type}.${key}`),
			);
			assert.deepEqual(missing, []);
		});

		it(`give outputs of ${object.type} that the SDK has, in its types (${object.id.slice(0, 24)})`, () => {
			const facts = factsFor("aws");
			const own = facts.resources[object.type];
			assert.ok(own);
			const outputs = { ...facts, resources: { [object.type]: { ...own, inputs: own.outputs, required: [] } } };
			assert.deepEqual(checkFacts(outputs, object.type, object.outputs), []);
		});
	}

	it("give the default security group the id that its VPC gave it", () => {
		assert.equal(of("defaultGroup").id, of("vpc").outputs.defaultSecurityGroupId);
	});

	it("give EKS clusters addresses, issuer and certificate of the real form", () => {
		const { outputs } = of("cluster");
		assert.match(String(outputs.endpoint), /^https:\/\/[0-9A-F]{32}\.gr7\.us-east-1\.eks\.amazonaws\.com$/);
		assert.match(
			JSON.stringify(outputs.identities),
			/https:\/\/oidc\.eks\.us-east-1\.amazonaws\.com\/id\/[0-9A-F]{32}/,
		);
		const authority = JSON.stringify(outputs.certificateAuthority);
		assert.match(Buffer.from(JSON.parse(authority).data, "base64").toString(), /^-----BEGIN CERTIFICATE-----\n/);
		assert.match(JSON.stringify(outputs.vpcConfig), new RegExp(`"vpcId":"${of("vpc").id}"`));
		assert.match(JSON.stringify(outputs.vpcConfig), /"clusterSecurityGroupId":"sg-0/);
	});

	it("carry the tags as tagsAll", () => assert.deepEqual(of("vpc").outputs.tagsAll, { Name: "main" }));
});

describe("updates of AWS objects", () => {
	it("make a new version of a launch template only where its data changes", () => {
		const { stage, of } = estate();
		const template = of("template");
		assert.equal(stage.updated(template, { ...template.inputs, tags: { a: "b" } }).latestVersion, 1);
		assert.equal(stage.updated(template, { ...template.inputs, instanceType: "p5e.48xlarge" }).latestVersion, 2);
		const followed = stage.updated(template, { ...template.inputs, description: "new", updateDefaultVersion: true });
		assert.equal(followed.defaultVersion, 2);
	});

	it("keep the cluster's security group and take the new settings", () => {
		const { stage, of } = estate();
		const cluster = of("cluster");
		const outputs = stage.updated(cluster, { ...cluster.inputs, vpcConfig: { subnetIds: [of("subnetB").id] } });
		const before = JSON.parse(JSON.stringify(cluster.outputs.vpcConfig));
		const after = JSON.parse(JSON.stringify(outputs.vpcConfig));
		assert.equal(after.clusterSecurityGroupId, before.clusterSecurityGroupId);
		assert.equal(after.endpointPublicAccess, true);
	});

	it("give the default back where an input is removed", () => {
		const { stage, of } = estate();
		assert.equal(stage.updated(of("vpc"), { cidrBlock: "10.0.0.0/16" }).enableDnsHostnames, false);
	});
});

describe("deletion of AWS objects", () => {
	it("keeps keys for their waiting time and buckets with object lock", () => {
		const { of } = estate();
		const retains = (name: string) => awsModels.get(of(name).type)?.retains?.(of(name));
		assert.equal(retains("key"), "pending deletion for 30 days");
		assert.match(String(retains("bucket")), /object lock/);
		assert.equal(retains("vpc"), undefined);
	});

	it("is refused where deletion protection is on", () => {
		const { stage, of } = estate();
		const cluster = of("cluster");
		const model = awsModels.get(cluster.type);
		const locked = { ...cluster, inputs: { ...cluster.inputs, deletionProtection: true } };
		assert.match(String(model?.refusesDelete?.(locked, stage)), /deletionProtection is on/);
		assert.equal(model?.refusesDelete?.(cluster, stage), undefined);
	});

	it("is held up by what the real cloud would name", () => {
		const holds = (type: string, path: string) =>
			awsModels.get(type)?.references?.find((reference) => reference.path === path)?.holds ?? true;
		assert.equal(holds("aws:ec2/subnet:Subnet", "vpcId"), true);
		assert.equal(holds("aws:eks/cluster:Cluster", "vpcConfig.securityGroupIds[]"), true);
		assert.equal(holds("aws:eks/nodeGroup:NodeGroup", "clusterName"), true);
		assert.equal(holds("aws:ec2/flowLog:FlowLog", "vpcId"), false);
		assert.equal(holds("aws:s3/bucketPolicy:BucketPolicy", "bucket"), false);
	});
});
