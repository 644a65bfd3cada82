import assert from "node:assert/strict";
import { ApiException } from "@kubernetes/client-node";
import { patiently } from "../../../../sandbox/clusters/patience";

describe("patiently", () => {
	/** An API server that answers with these codes, then with 1; counts how often it is asked. */
	function server(...codes: number[]) {
		let asked = 0;
		const call = async (): Promise<number> => {
			const code = codes[asked];
			asked += 1;
			if (code !== undefined) {
				throw new ApiException(code, "", "storage is (re)initializing", {});
			}
			return asked;
		};
		return { call, asked: () => asked };
	}

	it("asks again while the API server is busy", async () => {
		assert.equal(await patiently(server(429, 503).call), 3);
	});

	it("takes any other answer at once", async () => {
		const refusing = server(422);
		await assert.rejects(patiently(refusing.call), ApiException);
		assert.equal(refusing.asked(), 1);
	});
});
