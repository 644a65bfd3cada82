import assert from "node:assert/strict";
import type { ResourceNode } from "../../../lib/graph";
import { UNKNOWN, type Value } from "../../../lib/values";
import { namespaceDefaultDeny as rule } from "../../../policies/rules/kubernetes/namespace-default-deny";
import { findingsOf, verdictsOf } from "../../support/judging";
import { clusterProvider, denyAll, deployment, namespace, resource, withInput } from "../../support/resources";

const home = namespace();
const deny = denyAll();
const app = deployment();

function withPolicy(spec: Value, ...more: ResourceNode[]): ReturnType<typeof verdictsOf> {
	return verdictsOf(rule, [home, app, withInput(deny, "spec", spec), ...more]);
}

function failures(nodes: readonly ResourceNode[]): string[] {
	return findingsOf(rule, nodes)
		.filter(({ verdict }) => verdict === "fail")
		.map(({ message }) => message);
}

describe("K05 namespace-default-deny", () => {
	it("passes a namespace with labels and a policy that denies both ways", () => {
		assert.deepEqual(verdictsOf(rule, [home, deny, app]), ["pass"]);
	});

	it("says nothing of a namespace without workloads", () => {
		assert.deepEqual(findingsOf(rule, [home]), []);
	});

	it("fails each missing direction on its own", () => {
		assert.deepEqual(failures([home, app]), [
			"no NetworkPolicy denies egress by default in namespace serving",
			"no NetworkPolicy denies ingress by default in namespace serving",
		]);
		const ingressOnly = withInput(deny, "spec.policyTypes", ["Ingress"]);
		assert.deepEqual(failures([home, app, ingressOnly]), [
			"no NetworkPolicy denies egress by default in namespace serving",
		]);
		const unsaid = withInput(deny, "spec.policyTypes", undefined);
		assert.deepEqual(failures([home, app, unsaid]), ["no NetworkPolicy denies egress by default in namespace serving"]);
	});

	it("passes two policies that deny one direction each", () => {
		const egress = resource(deny.type, "egress", {
			metadata: { namespace: "serving" },
			spec: { podSelector: {}, policyTypes: ["Egress"], egress: [{ to: [{ podSelector: {} }] }] },
		});
		assert.deepEqual(verdictsOf(rule, [home, app, withInput(deny, "spec.policyTypes", ["Ingress"]), egress]), ["pass"]);
	});

	it("fails a policy for some pods only, in another namespace, or that allows everything", () => {
		const both = { policyTypes: ["Ingress", "Egress"] };
		assert.deepEqual(withPolicy({ ...both, podSelector: { matchLabels: { app: "a" } } }), ["fail"]);
		assert.deepEqual(verdictsOf(rule, [home, app, denyAll("other")]), ["fail"]);
		assert.deepEqual(withPolicy({ ...both, podSelector: {}, ingress: [{}] }), ["fail"]);
		assert.deepEqual(withPolicy({ ...both, podSelector: {}, egress: [{ to: [{ ipBlock: { cidr: "0.0.0.0/0" } }] }] }), [
			"fail",
		]);
		assert.deepEqual(withPolicy({ ...both, podSelector: {}, ingress: [], egress: [{ ports: [{ port: 53 }] }] }), [
			"pass",
		]);
	});

	it("fails where a second policy opens what the first denies", () => {
		const opener = resource(deny.type, "open", {
			metadata: { namespace: "serving" },
			spec: { podSelector: {}, policyTypes: ["Ingress"], ingress: [{}] },
		});
		assert.deepEqual(failures([home, app, deny, opener]), ["a NetworkPolicy of namespace serving allows all ingress"]);
	});

	it("fails without the label, and with a level that is not allowed", () => {
		const label = "pod-security.kubernetes.io/enforce";
		const labelled = (labels: Value | undefined) =>
			verdictsOf(rule, [withInput(home, "metadata.labels", labels), deny, app]);
		assert.deepEqual(labelled(undefined), ["fail"]);
		assert.deepEqual(labelled({ team: "a" }), ["fail"]);
		assert.deepEqual(labelled({ [label]: "privileged" }), ["fail"]);
		assert.deepEqual(labelled({ [label]: "baseline" }), ["pass"]);
		assert.deepEqual(labelled(UNKNOWN), ["undetermined"]);
		const privileged = withInput(home, "metadata.labels", { [label]: "privileged" });
		const params = { privilegedNamespaces: ["serving"] };
		assert.deepEqual(verdictsOf(rule, [privileged, deny, app], { params }), ["pass"]);
	});

	it("joins through what a namespace's name was computed from", () => {
		const auto = withInput(home, "metadata.name", undefined);
		const from = { metadata: [auto] };
		const meta = { metadata: { namespace: UNKNOWN } };
		const workload = deployment({ metadata: { name: "a", namespace: UNKNOWN } }, { from });
		const policy = { ...withInput(deny, "metadata", meta.metadata), propertyDependencies: { metadata: [auto.urn] } };
		assert.deepEqual(verdictsOf(rule, [auto, workload, policy]), ["pass"]);
		assert.deepEqual(verdictsOf(rule, [auto, workload]), ["fail"]);
	});

	it("joins through another object's namespace, in the same cluster only", () => {
		const account = resource("kubernetes:core/v1:ServiceAccount", "sa", { metadata: { namespace: "serving" } });
		const hidden = { metadata: { name: "a", namespace: UNKNOWN } };
		const workload = deployment(hidden, { from: { metadata: [account] } });
		assert.deepEqual(verdictsOf(rule, [home, deny, account, workload]), ["pass"]);
		assert.deepEqual(verdictsOf(rule, [home, account, workload]), ["fail"]);
		const chained = {
			...withInput(account, "metadata.namespace", UNKNOWN),
			propertyDependencies: { metadata: [home.urn] },
		};
		assert.deepEqual(verdictsOf(rule, [home, deny, chained, workload]), ["pass"]);
		const foreign = { ...account, provider: clusterProvider("other") };
		assert.deepEqual(verdictsOf(rule, [home, deny, foreign, workload]), ["undetermined"]);
	});

	it("cannot decide a policy whose parts are not known", () => {
		const both = ["Ingress", "Egress"];
		const parts: Value[] = [
			{ podSelector: UNKNOWN, policyTypes: both },
			{ podSelector: { matchLabels: UNKNOWN }, policyTypes: both },
			{ podSelector: {}, policyTypes: ["Egress", UNKNOWN] },
			{ podSelector: {}, policyTypes: both, ingress: UNKNOWN },
			{ podSelector: {}, policyTypes: both, ingress: [UNKNOWN] },
			{ podSelector: {}, policyTypes: both, ingress: [{ from: UNKNOWN }] },
			{ podSelector: {}, policyTypes: both, ingress: [{ from: [UNKNOWN] }] },
			{ podSelector: {}, policyTypes: both, ingress: [{ from: [{ ipBlock: UNKNOWN }] }] },
			{ podSelector: {}, policyTypes: both, ingress: [{ from: [{ ipBlock: { cidr: UNKNOWN } }] }] },
			{ podSelector: {}, policyTypes: both, ingress: [{ ports: UNKNOWN }] },
		];
		for (const spec of parts) {
			assert.deepEqual(withPolicy(spec), ["undetermined"], JSON.stringify(spec));
		}
		const ported = { from: [{ ipBlock: { cidr: UNKNOWN } }], ports: [{ port: 443 }] };
		assert.deepEqual(withPolicy({ podSelector: {}, policyTypes: both, ingress: [ported] }), ["pass"]);
		const limited = { from: [{ ipBlock: { cidr: "10.0.0.0/8" } }] };
		assert.deepEqual(withPolicy({ podSelector: {}, policyTypes: both, ingress: [limited] }), ["pass"]);
	});

	it("cannot decide the labels of a namespace that neither the program nor a release makes", () => {
		const inputs = { namespace: "serving", createNamespace: false };
		assert.deepEqual(verdictsOf(rule, [deny, resource("kubernetes:helm.sh/v3:Release", "r", inputs)]), [
			"undetermined",
		]);
	});

	it("counts a Helm release as a workload of its namespace", () => {
		const release = resource("kubernetes:helm.sh/v3:Release", "r", { namespace: "serving" });
		assert.deepEqual(verdictsOf(rule, [home, deny, release]), ["pass"]);
		assert.deepEqual(verdictsOf(rule, [home, release]), ["fail"]);
		const creating = withInput(withInput(release, "namespace", "fresh"), "createNamespace", true);
		assert.deepEqual(verdictsOf(rule, [denyAll("fresh"), creating]), ["fail"]);
	});

	it("takes `default`, or the provider's own namespace, where none is given", () => {
		const lost = deployment({ metadata: { name: "a" } });
		assert.deepEqual(verdictsOf(rule, [lost, denyAll("default")]), ["fail"]);
		const provider = resource("pulumi:providers:kubernetes", "main", { namespace: "serving" });
		assert.deepEqual(verdictsOf(rule, [provider, lost, home, deny]), ["pass"]);
	});

	it("never joins objects of two clusters", () => {
		const provider = clusterProvider("other");
		const elsewhere = denyAll("serving", { provider });
		assert.ok(verdictsOf(rule, [home, app, elsewhere]).includes("fail"));
		const twin = namespace("serving", { provider });
		assert.deepEqual(verdictsOf(rule, [{ ...twin, urn: `${twin.urn}-2` }, elsewhere, home, app, deny]), ["pass"]);
	});

	it("leaves the cluster's own namespaces alone, and cannot decide one that it does not see", () => {
		const system = deployment({ metadata: { name: "a", namespace: "kube-system" } });
		assert.deepEqual(verdictsOf(rule, [system]), ["not-applicable"]);
		assert.deepEqual(verdictsOf(rule, [app, deny]), ["undetermined"]);
	});

	it("cannot decide unknown places and policies, and keeps a violation beside one", () => {
		const nowhere = deployment({ metadata: { name: "a", namespace: UNKNOWN } });
		assert.deepEqual(verdictsOf(rule, [nowhere]), ["undetermined"]);
		const loose = withInput(deny, "metadata.namespace", UNKNOWN);
		assert.deepEqual(verdictsOf(rule, [home, app, loose]), ["undetermined"]);
		assert.deepEqual(withPolicy(UNKNOWN), ["undetermined"]);
		assert.deepEqual(verdictsOf(rule, [home, app, nowhere]), ["fail", "undetermined"]);
		const halfKnown = { podSelector: {}, policyTypes: ["Ingress", "Egress"], ingress: [UNKNOWN, {}] };
		assert.deepEqual(withPolicy(halfKnown), ["fail"]);
		assert.deepEqual(withPolicy({ ...halfKnown, ingress: [{}, UNKNOWN] }), ["fail"]);
	});
});
