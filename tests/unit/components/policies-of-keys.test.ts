import { strict as assert } from "node:assert";
import { kubeconfig } from "../../../components/cluster/kubeconfig";
import { keyPolicy } from "../../../components/keys/aws-key-policy";

const place = {
	account: "210987654321",
	region: "us-east-1",
	trail: "frontier-dev-global-trail",
	flowRecords: false,
};

interface Statement {
	readonly Sid: string;
	readonly Principal: { readonly AWS?: string; readonly Service?: string };
	readonly Condition?: { readonly [operator: string]: { readonly [key: string]: string } };
}

function statements(purpose: Parameters<typeof keyPolicy>[0]): Statement[] {
	return JSON.parse(keyPolicy(purpose, place)).Statement;
}

describe("keyPolicy", () => {
	it("lets the account administer every key", () => {
		for (const purpose of ["audit", "cluster", "disks", "logs", "registry", "storage"] as const) {
			assert.equal(statements(purpose)[0]?.Principal.AWS, "arn:aws:iam::210987654321:root");
		}
	});

	it("binds everybody else to this account by a condition", () => {
		for (const statement of statements("disks").slice(1)) {
			assert.equal(statement.Principal.AWS, "*");
			assert.equal(statement.Condition?.StringEquals?.["kms:CallerAccount"], place.account);
			assert.match(statement.Condition?.ArnEquals?.["aws:PrincipalArn"] ?? "", /AWSServiceRoleForAutoScaling$/);
		}
	});

	it("lets only this region's logs and only this trail use the audit key", () => {
		const services = statements("audit").slice(1);
		assert.deepEqual(
			services.map((statement) => statement.Principal.Service),
			["cloudtrail.amazonaws.com", "cloudtrail.amazonaws.com", "logs.us-east-1.amazonaws.com"],
		);
		assert.equal(
			services[0]?.Condition?.StringEquals?.["aws:SourceArn"],
			"arn:aws:cloudtrail:us-east-1:210987654321:trail/frontier-dev-global-trail",
		);
	});

	it("lets delivery of this account's flow logs use the audit key where records go to the audit store", () => {
		const document = JSON.parse(keyPolicy("audit", { ...place, flowRecords: true }));
		const delivery: Statement = document.Statement.at(-1);
		assert.equal(delivery.Principal.Service, "delivery.logs.amazonaws.com");
		assert.equal(delivery.Condition?.StringEquals?.["aws:SourceAccount"], place.account);
		assert.equal(delivery.Condition?.ArnLike?.["aws:SourceArn"], "arn:aws:logs:*:210987654321:*");
	});

	it("lets no service use a key that none needs", () => {
		assert.equal(statements("storage").length, 1);
	});
});

describe("kubeconfig", () => {
	const address = { name: "c", endpoint: "https://x.example", certificateAuthority: "Q0E=" };

	it("asks the cloud's command line for a token, so that it holds no secret", () => {
		const auth = { kind: "exec", protocol: "v1", command: "aws", args: ["eks", "get-token"] } as const;
		const config = JSON.parse(kubeconfig(address, auth));
		assert.deepEqual(Object.keys(config.users[0].user), ["exec"]);
		assert.equal(config.clusters[0].cluster.server, address.endpoint);
		assert.equal(config["current-context"], config.contexts[0].name);
	});

	it("names the sandbox's client certificate by file", () => {
		const config = JSON.parse(kubeconfig(address, { kind: "sandbox-certificate" }));
		assert.equal(config.users[0].user["client-certificate"], "clusters/c/admin.crt");
	});
});
