import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** A person or group as Google writes it in IAM: `user:` or `group:` and an address. */
interface Administrator {
	readonly kind: "User" | "Group";
	readonly name: string;
}

/** Gives the named people and groups the whole cluster, and no other cluster of the project. */
export function bindAdministrators(
	name: string,
	administrators: readonly string[],
	opts: pulumi.CustomResourceOptions,
): void {
	if (administrators.length === 0) {
		return;
	}
	new kubernetes.rbac.v1.ClusterRoleBinding(
		`${name}-administrators`,
		{
			metadata: { name: "platform-administrators" },
			roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" },
			subjects: administrators.map(parse).map((each) => ({ apiGroup: "rbac.authorization.k8s.io", ...each })),
		},
		opts,
	);
}

/** True where a group is among them: the cluster must then know the organization's groups. */
export function namesGroups(administrators: readonly string[]): boolean {
	return administrators.some((each) => parse(each).kind === "Group");
}

function parse(member: string): Administrator {
	const [kind, name = ""] = member.split(":");
	return { kind: kind === "group" ? "Group" : "User", name };
}
