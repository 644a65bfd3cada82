import type { Properties, Value } from "../lib/values";

/** Answers to provider functions, the same for a blueprint and in the sandbox; none of them decides structure. */
const answers: { readonly [token: string]: (args: Properties) => Properties } = {
	"aws:index/getPartition:getPartition": () => ({
		id: "aws",
		partition: "aws",
		dnsSuffix: "amazonaws.com",
		reverseDnsPrefix: "com.amazonaws",
	}),
	"gcp:storage/getProjectServiceAccount:getProjectServiceAccount": (args) => storageAgent(args.project ?? ""),
	"azure-native:containerservice:listManagedClusterUserCredentials": (args) => ({
		kubeconfigs: [{ name: "clusterUser", value: userKubeconfig(String(args.resourceName)) }],
	}),
	"aws:index/getRegion:getRegion": (args) => regionAnswer(args.region ?? args.name ?? "us-east-1"),
};

/** A kubeconfig as AKS hands it out, base64: its certificate has the form of one and is nobody's. */
function userKubeconfig(name: string): string {
	const certificate = Buffer.from(`-----BEGIN CERTIFICATE-----\n${name}\n-----END CERTIFICATE-----\n`).toString(
		"base64",
	);
	const cluster = { server: "https://none.invalid:443", "certificate-authority-data": certificate };
	const config = { apiVersion: "v1", kind: "Config", clusters: [{ name, cluster }] };
	return Buffer.from(JSON.stringify(config)).toString("base64");
}

function regionAnswer(region: Value): Properties {
	return { id: region, region, name: region, endpoint: `ec2.${region}.amazonaws.com`, description: region };
}

/** The service agent of Cloud Storage; the program gives the project's number, which is part of the agent's name. */
function storageAgent(project: Value): Properties {
	const emailAddress = `service-${String(project)}@gs-project-accounts.iam.gserviceaccount.com`;
	return { id: emailAddress, emailAddress, member: `serviceAccount:${emailAddress}`, project };
}

/** The answer of a provider function. Throws, with the way to add one, where the table has none. */
export function answerInvoke(token: string, args: Properties): Properties {
	const answer = Object.hasOwn(answers, token) ? answers[token] : undefined;
	if (answer === undefined) {
		throw new Error(`the function ${token} has no answer here: add one to catalogue/invokes.ts, with its source`);
	}
	return answer(args);
}
