import { faultsOf, type Refusal } from "../check/fault-table";
import { flag, isSet, list, text, texts } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, Fault, SandboxObject } from "../model";
import { overQuota } from "./quota";

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";

/** Services that have gateway endpoints. */
const GATEWAY_SERVICES = ["s3", "dynamodb", "s3express"];

/** The type of the endpoint, Gateway unless said; undefined where it is not known. */
export function kindOf({ inputs }: CheckContext): string | undefined {
	return isSet(inputs, "vpcEndpointType") ? text(inputs, "vpcEndpointType") : "Gateway";
}

/** What is wrong with the service that an endpoint leads to. */
export function serviceFaults(context: CheckContext): Fault[] {
	const { inputs, scope } = context;
	const name = text(inputs, "serviceName");
	const region = text(inputs, "serviceRegion") ?? scope.region;
	const match = /^(?:com\.amazonaws|aws\.sagemaker|cn\.com\.amazonaws)\.([a-z0-9-]+)\.(.+)$/.exec(name ?? "");
	const kind = kindOf(context);
	return faultsOf([
		{
			when: name !== undefined && match === null,
			property: "serviceName",
			reason: `must be of the form com.amazonaws.${region}.<service>, but ${JSON.stringify(name)} was given`,
		},
		{
			when: match !== null && match[1] !== region,
			property: "serviceName",
			reason: `must be a service of ${region}, but ${name} is one of ${match?.[1]}; write com.amazonaws.${region}.${match?.[2]}`,
		},
		{
			when: kind === "Gateway" && match !== null && !GATEWAY_SERVICES.includes(match[2] ?? ""),
			property: "vpcEndpointType",
			reason: `a gateway endpoint exists for ${GATEWAY_SERVICES.join(", ")} only, not for ${match?.[2]}; set vpcEndpointType to Interface`,
		},
	]);
}

/** What an endpoint of this type does not take. */
export function shapeFaults(context: CheckContext): Fault[] {
	const { inputs, world } = context;
	const kind = kindOf(context);
	const notFor = (path: string, kinds: readonly string[]): Refusal => ({
		when: kind !== undefined && kinds.includes(kind) && isSet(inputs, path) && list(inputs, path).length > 0,
		property: path,
		reason: `cannot be given for an endpoint of type ${kind}; remove it`,
	});
	const vpcId = text(inputs, "vpcId");
	const own = vpcId === undefined ? [] : world.find([ENDPOINT], "vpcId", vpcId);
	const zones = texts(inputs, "subnetIds").flatMap((id) => zoneOf(world.find([SUBNET], "id", id)[0]) ?? []);
	const twice = zones.find((zone, i) => zones.indexOf(zone) !== i);
	return faultsOf([
		notFor("subnetIds", ["Gateway"]),
		notFor("securityGroupIds", ["Gateway", "GatewayLoadBalancer"]),
		notFor("routeTableIds", ["Interface", "GatewayLoadBalancer"]),
		{
			when: kind === "Gateway" && flag(inputs, "privateDnsEnabled") === true,
			property: "privateDnsEnabled",
			reason: "cannot be true for a gateway endpoint; remove it",
		},
		{
			when: twice !== undefined,
			property: "subnetIds",
			reason: `an endpoint takes one subnet a zone, but two are in ${twice}; give one of them`,
		},
		...(kind === "Interface"
			? [
					overQuota(
						"interfaceEndpointsPerVpc",
						own.filter((other) => kindOfObject(other) === "Interface"),
						context,
						"vpcId",
					),
				]
			: []),
	]);
}

function kindOfObject(endpoint: SandboxObject): string {
	return text(endpoint.outputs, "vpcEndpointType") ?? "Gateway";
}

function zoneOf(subnet: SandboxObject | undefined): string | undefined {
	return text(subnet?.outputs, "availabilityZone");
}

/** Private DNS names need DNS support and host names in the VPC, and one endpoint a service. */
export function dnsFaults(context: CheckContext): Fault[] {
	const { inputs, world } = context;
	if (flag(inputs, "privateDnsEnabled") !== true) {
		return [];
	}
	const vpcId = text(inputs, "vpcId");
	const [vpc] = vpcId === undefined ? [] : world.find([VPC], "id", vpcId);
	const others = vpcId === undefined ? [] : world.find([ENDPOINT], "vpcId", vpcId);
	const service = text(inputs, "serviceName");
	const twin = others.find(
		(other) =>
			!isSelf(other, context) &&
			text(other.outputs, "serviceName") === service &&
			flag(other.outputs, "privateDnsEnabled") === true,
	);
	return faultsOf([
		{
			when: vpc !== undefined && !(flag(vpc.outputs, "enableDnsSupport") ?? true),
			property: "privateDnsEnabled",
			reason: `needs enableDnsSupport on the VPC ${vpcId}; turn it on`,
		},
		{
			when: vpc !== undefined && !(flag(vpc.outputs, "enableDnsHostnames") ?? false),
			property: "privateDnsEnabled",
			reason: `needs enableDnsHostnames on the VPC ${vpcId}; turn it on`,
		},
		{
			when: service !== undefined && twin !== undefined,
			property: "privateDnsEnabled",
			reason: `conflicts with the private DNS names of ${twin?.id || twin?.urn}, an endpoint of ${service} in the same VPC; keep one`,
		},
	]);
}
