import assert from "node:assert/strict";
import type { Properties } from "../../../../lib/values";
import { balancerStatus, documentationAddress, waitingServices } from "../../../../sandbox/clusters/balancers";

const service = (spec: Properties, more: Properties = {}): Properties => ({
	metadata: { namespace: "web", name: "front" },
	spec,
	...more,
});

const names = (services: readonly Properties[]): string[] =>
	waitingServices(services, () => ({ ip: "203.0.113.1" })).map(({ namespace, name }) => `${namespace}/${name}`);

describe("waitingServices", () => {
	it("are those of type LoadBalancer without address, each with the address of its cloud", () => {
		const waiting = waitingServices([service({ type: "LoadBalancer" })], (namespace, name) => ({
			hostname: `${name}.${namespace}`,
		}));
		assert.deepEqual(waiting, [{ namespace: "web", name: "front", address: { hostname: "front.web" } }]);
	});

	it("are those of a class of their own too", () => {
		const ofClass = service({ type: "LoadBalancer", loadBalancerClass: "service.k8s.aws/nlb" });
		assert.deepEqual(names([ofClass]), ["web/front"]);
	});

	for (const [what, each] of [
		["of another type", service({ type: "ClusterIP" })],
		["of no type", service({})],
		[
			"with an address",
			service({ type: "LoadBalancer" }, { status: { loadBalancer: { ingress: [{ ip: "203.0.113.9" }] } } }),
		],
		[
			"that goes",
			service({ type: "LoadBalancer" }, { metadata: { name: "front", deletionTimestamp: "2026-11-21T10:00:00Z" } }),
		],
	] as const) {
		it(`are none ${what}`, () => assert.deepEqual(names([each]), []));
	}
});

describe("balancerStatus", () => {
	it("is the Service's status alone", () => {
		assert.deepEqual(balancerStatus({ namespace: "web", name: "front", address: { ip: "203.0.113.9" } }), {
			apiVersion: "v1",
			kind: "Service",
			metadata: { name: "front", namespace: "web" },
			status: { loadBalancer: { ingress: [{ ip: "203.0.113.9" }] } },
		});
	});
});

describe("documentationAddress", () => {
	it("is a host of 203.0.113.0/24, always the same for the same parts", () => {
		const all = Array.from({ length: 500 }, (_, index) => documentationAddress("cluster", String(index)));
		for (const address of all) {
			const [, host] = /^203\.0\.113\.(\d+)$/.exec(address) ?? [];
			assert.ok(Number(host) >= 1 && Number(host) <= 254, address);
		}
		assert.equal(documentationAddress("cluster", "7"), all[7]);
		assert.ok(new Set(all).size > 200);
	});
});
