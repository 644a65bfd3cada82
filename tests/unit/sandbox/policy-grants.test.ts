import assert from "node:assert/strict";
import type { Properties } from "../../../lib/values";
import { UNKNOWN } from "../../../lib/values";
import { conditionHolds } from "../../../sandbox/aws/policy-conditions";
import { allows } from "../../../sandbox/aws/policy-grants";

const TRAIL = "arn:aws:cloudtrail:us-east-1:111122223333:trail/audit";
const SERVICE = "cloudtrail.amazonaws.com";

describe("conditionHolds", () => {
	const keys = { "aws:SourceArn": TRAIL, "kms:GrantIsForAWSResource": "true" };
	const rows: readonly [string, Properties, boolean | undefined][] = [
		["an equal text", { StringEquals: { "aws:SourceArn": TRAIL } }, true],
		["another text", { StringEquals: { "aws:SourceArn": `${TRAIL}s` } }, false],
		["a wildcard as plain text", { StringEquals: { "aws:SourceArn": "arn:*" } }, false],
		["a pattern of ARNs", { ArnLike: { "aws:sourcearn": "arn:aws:cloudtrail:*:111122223333:trail/*" } }, true],
		["one of several", { ArnEquals: { "aws:SourceArn": ["arn:aws:s3:::a", TRAIL] } }, true],
		["none of several", { ArnNotLike: { "aws:SourceArn": ["arn:aws:s3:::a", TRAIL] } }, false],
		["a flag", { Bool: { "kms:GrantIsForAWSResource": true } }, true],
		["one test that fails of two", { Null: { a: "true" }, StringLike: { "aws:SourceArn": "x*" } }, false],
		["an operator of another kind", { NumericLessThan: { "aws:SourceArn": "1" } }, undefined],
		["a key that is not known", { StringEquals: { "aws:SourceVpc": "vpc-1" } }, undefined],
		["a policy variable", { StringEquals: { "aws:SourceArn": `\${aws:PrincipalTag/a}` } }, undefined],
		["a value to come", { StringEquals: { "aws:SourceArn": UNKNOWN } }, undefined],
	];
	for (const [what, condition, holds] of rows) {
		it(`says ${holds ?? "nothing"} of ${what}`, () => assert.equal(conditionHolds(condition, keys), holds));
	}
});

describe("allows", () => {
	const grant = { Effect: "Allow", Principal: { Service: SERVICE }, Action: "kms:Decrypt", Resource: "*" };
	const request = { action: "kms:Decrypt", principal: SERVICE, keys: { "aws:SourceArn": TRAIL } };
	const judge = (...Statement: Properties[]): boolean => allows({ Statement }, request);

	it("takes a grant with a condition that holds or cannot be told", () => {
		assert.ok(judge(grant));
		assert.ok(judge({ ...grant, Condition: { StringEquals: { "aws:SourceArn": TRAIL } } }));
		assert.ok(judge({ ...grant, Condition: { Null: { "aws:SourceVpc": "true" } } }));
	});

	it("passes over a grant to another trail, another service or another action", () => {
		assert.ok(!judge({ ...grant, Condition: { StringEquals: { "aws:SourceArn": `${TRAIL}-2` } } }));
		assert.ok(!judge({ ...grant, Principal: { Service: "logs.amazonaws.com" } }));
		assert.ok(!judge({ ...grant, Action: "kms:Encrypt" }));
		assert.ok(!judge({ Effect: "Allow", Principal: "*", NotAction: "kms:D*", Resource: "*" }));
	});

	it("lets a sure denial win, and no other", () => {
		const denial = { ...grant, Effect: "Deny", Principal: "*" };
		assert.ok(!judge(grant, denial));
		assert.ok(judge(grant, { ...denial, Condition: { Bool: { "aws:SecureTransport": "false" } } }));
		assert.ok(judge(grant, { ...denial, Resource: "arn:aws:s3:::elsewhere/*" }));
	});

	it("wants a grant on everything where the action knows no resources", () => {
		const narrow = { Effect: "Allow", Action: "ec2:DescribeInstances", Resource: "arn:aws:ec2:*:*:instance/*" };
		const wish = { action: "ec2:DescribeInstances", resource: "*" };
		assert.ok(!allows({ Statement: [narrow] }, wish));
		assert.ok(allows({ Statement: [{ ...narrow, Resource: "*" }] }, wish));
	});
});
