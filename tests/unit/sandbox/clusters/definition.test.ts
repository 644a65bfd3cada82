import assert from "node:assert/strict";
import { gkeNetwork } from "../../../../catalogue/kubernetes/gke-networks";
import { object, text } from "../../../../sandbox/check/inputs";
import { definitionOf } from "../../../../sandbox/clusters/definition";
import { plain } from "../../../../sandbox/clusters/manifest";

describe("definitionOf", () => {
	const definition = plain(definitionOf(gkeNetwork));

	it("is named by plural and group, and names the kind in all its forms", () => {
		assert.equal(text(definition, "metadata.name"), "networks.networking.gke.io");
		assert.deepEqual(object(definition, "spec.names"), {
			kind: "Network",
			listKind: "NetworkList",
			plural: "networks",
			singular: "network",
		});
	});

	it("serves one version, with the kind's schema and a status that is open", () => {
		const { spec } = definitionOf(gkeNetwork);
		const versions: unknown = Reflect.get(Object(spec), "versions");
		assert.deepEqual(versions, [
			{
				name: "v1",
				served: true,
				storage: true,
				subresources: { status: {} },
				schema: {
					openAPIV3Schema: {
						type: "object",
						required: ["spec"],
						properties: {
							spec: gkeNetwork.spec,
							status: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
						},
					},
				},
			},
		]);
	});
});
