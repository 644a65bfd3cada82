import assert from "node:assert/strict";
import { isStriped, localDiskStrategy } from "../../../../../requirements/readers/pools/aws-user-data";
import { nodeConfig } from "../../queries/estate";

describe("localDiskStrategy", () => {
	it("reads the layout from the nodeadm part", () => {
		assert.equal(localDiskStrategy(nodeConfig("RAID0")), "RAID0");
		assert.equal(localDiskStrategy(nodeConfig("Mount")), "Mount");
		assert.equal(localDiskStrategy(nodeConfig()), undefined);
	});

	it("ignores other parts, and what does not parse", () => {
		const other = "Content-Type: text/x-shellscript\n\nspec:\n  instance:\n    localStorage:\n      strategy: RAID0\n";
		assert.equal(localDiskStrategy(Buffer.from(other).toString("base64")), undefined);
		const broken = "Content-Type: application/node.eks.aws\n\nspec: [\n";
		assert.equal(localDiskStrategy(Buffer.from(broken).toString("base64")), undefined);
		assert.equal(localDiskStrategy(""), undefined);
	});
});

describe("isStriped", () => {
	it("is true for RAID, not for disks apart", () => {
		assert.deepEqual(["RAID0", "RAID10", "Mount", undefined].map(isStriped), [true, true, false, false]);
	});
});
