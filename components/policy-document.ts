/** One statement of an AWS policy; keys as AWS writes them. */
export interface Statement {
	readonly Sid?: string;
	readonly Effect: "Allow" | "Deny";
	readonly Principal?: "*" | { readonly [kind: string]: string | readonly string[] };
	readonly Action: string | readonly string[];
	readonly Resource?: string | readonly string[];
	readonly Condition?: { readonly [operator: string]: { readonly [key: string]: string | readonly string[] } };
}

/** A policy as the JSON text that AWS takes. */
export function policyDocument(...statements: readonly Statement[]): string {
	return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** Lets a service assume a role. */
export function trustService(service: string): string {
	return policyDocument({ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" });
}

/** Lets EKS Pod Identity assume a role for pods; it also sets session tags. */
export function trustPods(): string {
	return policyDocument({
		Effect: "Allow",
		Principal: { Service: "pods.eks.amazonaws.com" },
		Action: ["sts:AssumeRole", "sts:TagSession"],
	});
}
