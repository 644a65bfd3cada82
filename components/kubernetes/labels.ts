import * as pulumi from "@pulumi/pulumi";
import type { Spec } from "../../spec/schema";

/** Puts the platform's labels on every Kubernetes object of the stack, once, at its root. */
export function labelKubernetesObjects(spec: Spec): void {
	const labels = { "app.kubernetes.io/managed-by": "meridian", "meridian.dev/environment": spec.environment };
	pulumi.runtime.registerStackTransformation(({ type, props, opts }) => {
		if (!type.startsWith("kubernetes:") || props.metadata === undefined) {
			return undefined;
		}
		const metadata = { ...props.metadata, labels: { ...props.metadata.labels, ...labels } };
		return { props: { ...props, metadata }, opts };
	});
}
