import assert from "node:assert/strict";
import { addonParts } from "../../../catalogue/aws/addon-pods";
import { aksParts } from "../../../catalogue/azure/system-pods";
import { gkeParts } from "../../../catalogue/gcp/system-pods";
import { requireLocked } from "../../../catalogue/lock";
import type { SystemPart } from "../../../catalogue/system-part";

const addons = [
	"vpc-cni",
	"kube-proxy",
	"coredns",
	"eks-pod-identity-agent",
	"eks-node-monitoring-agent",
	"aws-ebs-csi-driver",
];

const clouds: { readonly [cloud: string]: readonly SystemPart[] } = {
	EKS: addons.flatMap(addonParts),
	GKE: Object.values(gkeParts),
	AKS: Object.values(aksParts),
};

for (const [cloud, parts] of Object.entries(clouds)) {
	describe(`what ${cloud} runs`, () => {
		it("has names that Kubernetes takes, each once", () => {
			const names = parts.map(({ name }) => name);
			assert.ok(names.every((name) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name)));
			assert.equal(new Set(names).size, names.length);
		});

		it("asks for amounts that Kubernetes takes", () => {
			for (const { name, replicas, requests } of parts) {
				assert.match(requests.cpu ?? "1m", /^[1-9]\d*m$/, name);
				assert.match(requests.memory ?? "1Mi", /^[1-9]\d*(Mi|M)$/, name);
				assert.ok(replicas >= 1, name);
			}
		});
	});
}

describe("add-ons of EKS", () => {
	for (const addon of addons) {
		it(`${addon} has workloads, and a version in the lock`, () => {
			assert.ok(addonParts(addon).length > 0);
			assert.match(requireLocked(`eks-addon/${addon}`), /^v\d/);
		});
	}

	it("have none where the catalogue does not have them", () => assert.deepEqual(addonParts("nothing"), []));
});
