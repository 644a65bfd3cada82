import type * as pulumi from "@pulumi/pulumi";

/**
 * Options that give a resource some inputs as they stand. The SDK fills in defaults of nested objects by way of an
 * output, so that one field not known yet hides the whole object from a preview and from its policies; where every
 * field that has a default is given, nothing is lost without it.
 */
export function plainInputs(inputs: pulumi.Inputs): Pick<pulumi.CustomResourceOptions, "transformations"> {
	return { transformations: [({ props, opts }) => ({ props: { ...props, ...inputs }, opts })] };
}
