import { strict as assert } from "node:assert";
import { cellsOfStack, requireResolved, requireSandbox } from "../../../components/stack";
import { ExitCode, UserError } from "../../../lib/errors";
import { parseSpec } from "../../../spec/parse";
import { specValue } from "../../support/environments";

const spec = (environment: string) => parseSpec(specValue(environment), environment);

/** The `UserError` that a call ends in. */
function refusal(call: () => unknown): UserError {
	try {
		call();
	} catch (error) {
		assert.ok(error instanceof UserError, String(error));
		return error;
	}
	assert.fail("nothing was refused");
}

describe("cellsOfStack", () => {
	it("is every cell for the one stack of a single layout, which no other stack may claim", () => {
		assert.deepEqual(cellsOfStack(spec("dev"), "dev"), [
			"global",
			"aws-us-east-1",
			"gcp-europe-west4",
			"azure-swedencentral",
		]);
		assert.match(refusal(() => cellsOfStack(spec("dev"), "dev-global")).message, /is one stack of that name/);
	});

	it("is the one cell of a cells layout; the bare environment is refused with the list", () => {
		assert.deepEqual(cellsOfStack(spec("staging"), "staging-aws-us-east-1"), ["aws-us-east-1"]);
		const { remedy, code } = refusal(() => cellsOfStack(spec("staging"), "staging"));
		assert.match(remedy ?? "", /staging-global, staging-aws-us-east-1/);
		assert.equal(code, ExitCode.notFound);
	});

	it("knows no stack of a region that is switched off", () => {
		const prod = spec("prod");
		const regions = prod.regions.map((region) => ({ ...region, enabled: region.region !== "europe-west4" }));
		refusal(() => cellsOfStack({ ...prod, regions }, "prod-gcp-europe-west4"));
	});
});

describe("requireSandbox", () => {
	it("refuses to run beside real providers where the sandbox is meant", () => {
		const attached = { PULUMI_DEBUG_PROVIDERS: "aws:1234" };
		assert.match(
			refusal(() => requireSandbox(spec("dev"), true, attached)).message,
			/not attached \(gcp, azure-native, kubernetes\); nothing was created/,
		);
		assert.match(
			refusal(() => requireSandbox(spec("dev"), true, {})).message,
			/not attached \(aws, gcp, azure-native, kubernetes\)/,
		);
	});

	it("lets the attached sandbox and the blueprint's run through", () => {
		const all = ["aws", "kubernetes", "gcp", "azure-native"].map((name, i) => `${name}:${1234 + i}`);
		requireSandbox(spec("dev"), true, { PULUMI_DEBUG_PROVIDERS: all.join(",") });
	});

	it("asks for no provider of a cloud that nothing stands on", () => {
		const staging = spec("staging");
		const regions = staging.regions.filter(({ cloud }) => cloud === "aws");
		requireSandbox({ ...staging, regions }, true, { PULUMI_DEBUG_PROVIDERS: "aws:1234,kubernetes:1235" });
		requireSandbox(spec("dev"), false, {});
	});
});

describe("requireResolved", () => {
	it("refuses a real account while a value is unresolved, and names each with its source", () => {
		const error = refusal(() => requireResolved({ ...spec("staging"), target: "cloud" }, true));
		assert.ok(error.problems.some((problem) => problem.path === "eks-ami-release/al2023-nvidia"));
	});

	it("lets the sandbox and the blueprint's run through", () => {
		requireResolved(spec("staging"), true);
		requireResolved({ ...spec("staging"), target: "cloud" }, false);
	});
});
