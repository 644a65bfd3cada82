import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { projectRoot } from "../../lib/folders";

/** What a process reports of the SDK in it. */
interface Seen {
	/** Lines of the stack trace that the SDK keeps with one of its promises. */
	readonly promiseStack: number;
	/** Lines of the stack trace of an error that the program itself makes. */
	readonly ownStack: number;
	/** Debug messages that reached the engine's log. */
	readonly debugMessages: number;
	/** True where an error message still reaches the engine's log. */
	readonly errorLogged: boolean;
}

/** Runs in a process of its own: what is switched off stays off for as long as the process lives. */
const probe = `
	const { switchOffSdkDiagnostics } = require("./components/sdk-diagnostics");
	const settings = require("@pulumi/pulumi/runtime/settings");
	const debuggable = require("@pulumi/pulumi/runtime/debuggable");
	const log = require("@pulumi/pulumi/log");
	const sent = [];
	settings.getEngine = () => ({ log: (request, done) => { sent.push(request.getSeverity()); done(null, {}); } });
	switchOffSdkDiagnostics();
	switchOffSdkDiagnostics();
	const promise = Promise.resolve(1);
	debuggable.debuggablePromise(promise, "a promise");
	const lines = (stack) => stack.split("\\n").length - 1;
	(async () => {
		await log.debug("a debug message");
		await log.error("an error").catch(() => {});
		const severities = require("@pulumi/pulumi/proto/engine_pb").LogSeverity;
		process.stdout.write(JSON.stringify({
			promiseStack: lines(promise._debugStackTrace),
			ownStack: lines(new Error("mine").stack),
			debugMessages: sent.filter((severity) => severity === severities.DEBUG).length,
			errorLogged: sent.includes(severities.ERROR),
		}));
		process.exit(0);
	})();
`;

async function seen(environment: NodeJS.ProcessEnv): Promise<Seen> {
	const { stdout } = await promisify(execFile)(process.execPath, ["--require", "tsx/cjs", "-e", probe], {
		cwd: projectRoot,
		env: { ...process.env, ...environment },
	});
	const answer: Seen = JSON.parse(stdout);
	return answer;
}

describe("switchOffSdkDiagnostics", () => {
	it("drops stack traces of the SDK's promises and its debug messages, and keeps errors and their stacks", async () => {
		const { promiseStack, ownStack, debugMessages, errorLogged } = await seen({});
		assert.deepEqual(
			{ promiseStack, debugMessages, errorLogged },
			{ promiseStack: 0, debugMessages: 0, errorLogged: true },
		);
		assert.ok(ownStack > 0);
	});

	for (const variable of ["MERIDIAN_SDK_DIAGNOSTICS", "PULUMI_DEBUG_PROMISE_LEAKS"]) {
		it(`leaves the SDK as it is where ${variable} is set`, async () => {
			const { promiseStack, debugMessages } = await seen({ [variable]: "1" });
			assert.ok(promiseStack > 0, "the SDK of this version keeps a stack trace where the test looks for it");
			assert.equal(debugMessages, 1);
		});
	}
});
