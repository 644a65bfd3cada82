/**
 * A program for the AWS CDK with as many resources as are asked for, of like shape to a region's: launch templates with 33
 * interfaces among rules, subnets, roles and keys, in stacks of 400. Written to a folder where aws-cdk-lib is installed.
 */
export const cdkApp = `
const { App, Stack, CfnResource } = require("aws-cdk-lib");
const ec2 = require("aws-cdk-lib/aws-ec2");
const iam = require("aws-cdk-lib/aws-iam");
const kms = require("aws-cdk-lib/aws-kms");
const total = Number(process.argv[2]);
const app = new App({ analyticsReporting: false });
for (let at = 0; at < total; at += 400) {
	const stack = new Stack(app, "cell-" + at);
	const vpc = new ec2.CfnVPC(stack, "vpc", { cidrBlock: "10.0.0.0/16" });
	for (let i = 1; i < Math.min(400, total - at); i++) {
		const name = "part-" + i;
		switch (i % 8) {
			case 0: {
				const networkInterfaces = Array.from({ length: 33 }, (_, card) => ({ networkCardIndex: card, deviceIndex: card === 0 ? 0 : 1, interfaceType: card === 0 ? "interface" : "efa-only", groups: [vpc.attrDefaultSecurityGroup], deleteOnTermination: true }));
				new ec2.CfnLaunchTemplate(stack, name, { launchTemplateData: { networkInterfaces, metadataOptions: { httpTokens: "required" }, userData: "QUJD" } });
				break;
			}
			case 1: new ec2.CfnSubnet(stack, name, { vpcId: vpc.ref, cidrBlock: "10.0." + (i % 250) + ".0/24" }); break;
			case 2: new ec2.CfnSecurityGroup(stack, name, { vpcId: vpc.ref, groupDescription: name }); break;
			case 3: new ec2.CfnSecurityGroupIngress(stack, name, { groupId: vpc.attrDefaultSecurityGroup, ipProtocol: "-1", cidrIp: "10.0.0.0/16" }); break;
			case 4: new iam.CfnRole(stack, name, { assumeRolePolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }] } }); break;
			case 5: new kms.CfnKey(stack, name, { enableKeyRotation: true, keyPolicy: { Version: "2012-10-17", Statement: [] } }); break;
			case 6: new ec2.CfnVPCEndpoint(stack, name, { vpcId: vpc.ref, serviceName: "com.amazonaws.us-east-1.sts", vpcEndpointType: "Interface" }); break;
			default: new CfnResource(stack, name, { type: "AWS::EKS::Addon", properties: { AddonName: name, ClusterName: "cell", ConfigurationValues: "{}" } });
		}
	}
}
app.synth();
`;
