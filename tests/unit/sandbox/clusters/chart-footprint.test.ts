import assert from "node:assert/strict";
import { chartParts, requestValues } from "../../../../catalogue/charts";
import type { Properties } from "../../../../lib/values";
import { chartName, releaseFootprint } from "../../../../sandbox/clusters/chart-footprint";

const release = (values: Properties, rest: Properties = {}): Properties => ({
	name: "cd",
	namespace: "argocd",
	chart: "argo-cd",
	values,
	...rest,
});

const named = (footprint: ReturnType<typeof releaseFootprint>, name: string) =>
	footprint.find((each) => each.name === name);

describe("releaseFootprint", () => {
	it("has every workload of the chart, by its release's name", () => {
		const footprint = releaseFootprint(release({}));
		assert.deepEqual(
			footprint.map(({ kind, name }) => `${kind} ${name}`),
			chartParts("argo-cd").map(({ kind, name }) => `${kind} cd-${name}`),
		);
		assert.deepEqual(named(footprint, "cd-application-controller"), {
			kind: "StatefulSet",
			namespace: "argocd",
			name: "cd-application-controller",
			replicas: 1,
			requests: {},
			standsFor: "chart argo-cd",
		});
	});

	it("takes replicas and requests from the values of the part, amounts as text", () => {
		const values = {
			repoServer: { replicas: 3, resources: { requests: { cpu: 2, memory: "1Gi" }, limits: { cpu: 4 } } },
		};
		const footprint = releaseFootprint(release(values));
		const { replicas, requests } = named(footprint, "cd-repo-server") ?? {};
		assert.deepEqual([replicas, requests], [3, { cpu: "2", memory: "1Gi" }]);
		assert.deepEqual(named(footprint, "cd-server")?.requests, {});
	});

	it("asks for what the catalogue says where a release has its values", () => {
		const footprint = releaseFootprint(release(JSON.parse(JSON.stringify(requestValues("argo-cd")))));
		assert.deepEqual(
			footprint.map(({ requests }) => requests),
			chartParts("argo-cd").map(({ requests }) => requests),
		);
	});

	it("leaves out what is switched off, and only that", () => {
		const footprint = releaseFootprint(release({ dex: { enabled: false }, redis: { enabled: true } }));
		assert.equal(named(footprint, "cd-dex-server"), undefined);
		assert.ok(named(footprint, "cd-redis"));
		assert.equal(footprint.length, chartParts("argo-cd").length - 1);
	});

	it("keeps a part of no replicas, which has no pods", () => {
		assert.equal(named(releaseFootprint(release({ server: { replicas: 0 } })), "cd-server")?.replicas, 0);
	});

	it("is in the default namespace where the release names none", () => {
		const { namespace: _, ...rest } = release({});
		assert.equal(releaseFootprint(rest)[0]?.namespace, "default");
	});

	it("is nothing for a chart that is not in the catalogue", () => {
		assert.deepEqual(releaseFootprint(release({}, { chart: "nginx" })), []);
		assert.deepEqual(releaseFootprint({}), []);
	});
});

describe("chartName", () => {
	it("leaves the repository out", () => {
		assert.equal(chartName({ chart: "oci://registry.example/charts/argo-cd" }), "argo-cd");
		assert.equal(chartName({ chart: "argo-cd" }), "argo-cd");
		assert.equal(chartName({}), "");
	});
});
