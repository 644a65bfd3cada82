import { policyReference } from "./policy-reference";
import { specReference } from "./spec-reference";

/** The generated pages of docs/, by file name. */
export function generatedDocs(): { readonly [name: string]: string } {
	return { "spec.md": specReference(), "policies.md": policyReference() };
}
