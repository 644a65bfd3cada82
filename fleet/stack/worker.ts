import { dirname } from "node:path";
import { type EngineEvent, LocalWorkspace, PulumiCommand, type Stack } from "@pulumi/pulumi/automation";
import { SECRET } from "../../lib/values";
import { stepOf } from "./events";
import { failureOf } from "./failures";
import { tellingLate } from "./late-abort";
import type { ChangeCounts, Operation, OperationResult, WorkerMessage, WorkerRequest, WorkerSetup } from "./protocol";

/**
 * One process a stack: the Automation API runs here, so that a crash or an engine that hangs is this stack's alone.
 * Ends with the command line: when the connection to it breaks, the engine is asked to stop and this process follows.
 */
const cancellation = new AbortController();
let stack: Promise<Stack> | undefined;

process.on("message", (request: WorkerRequest) => {
	handle(request).catch((error: unknown) =>
		send({ type: "failed", failure: failureOf(error, cancellation.signal.aborted) }),
	);
});
// The command line forwards one interrupt over the channel; the terminal's own must not reach us twice.
process.on("SIGINT", () => {});
process.on("disconnect", () => cancellation.abort());

async function handle(request: WorkerRequest): Promise<void> {
	switch (request.type) {
		case "setup":
			stack = open(request.setup);
			await stack;
			send({ type: "ready" });
			return;
		case "cancel":
			cancellation.abort();
			return;
		case "run":
			send({ type: "done", result: await run(request.operation) });
	}
}

function send(message: WorkerMessage): void {
	if (process.connected) {
		process.send?.(message);
	}
}

async function open(setup: WorkerSetup): Promise<Stack> {
	const pulumiCommand = await PulumiCommand.get({
		...(setup.cliRoot ? { root: setup.cliRoot } : {}),
		skipVersionCheck: true,
	});
	return LocalWorkspace.createOrSelectStack(
		{ stackName: setup.stack, workDir: setup.workFolder },
		{
			pulumiCommand,
			envVars: { ...setup.environment, PATH: `${dirname(pulumiCommand.command)}:${setup.environment.PATH ?? ""}` },
		},
	);
}

async function run(operation: Operation): Promise<OperationResult> {
	if (stack === undefined) {
		throw new Error("the worker was given an operation before its stack");
	}
	const target = await stack;
	const signal = tellingLate(cancellation.signal);
	const counts: { [op: string]: number } = {};
	const onEvent = (event: EngineEvent): void => report(event, counts);
	switch (operation.kind) {
		case "preview": {
			const { planFile, policyPacks } = operation;
			await target.preview({ signal, onEvent, policyPacks: [...policyPacks], ...(planFile ? { plan: planFile } : {}) });
			return { changes: counts };
		}
		case "up":
			await target.up({ signal, onEvent, plan: operation.planFile, policyPacks: [...operation.policyPacks] });
			return { changes: counts };
		case "destroy":
			await target.destroy({ signal, onEvent });
			return { changes: counts };
		case "refresh":
			await target.refresh({ signal, onEvent, target: [...operation.targets], clearPendingCreates: true });
			return { changes: counts };
		case "outputs":
			return { changes: {}, value: await readOutputs(target) };
		case "export":
			return { changes: {}, value: await target.exportStack() };
		case "import":
			await target.importStack({ version: 3, deployment: operation.state });
			return { changes: {} };
		case "unlock":
			await target.cancel();
			return { changes: {} };
	}
}

function report(event: EngineEvent, counts: { [op: string]: number }): void {
	const step = stepOf(event);
	if (step) {
		send({ type: "step", step });
	}
	if (event.diagnosticEvent && !event.diagnosticEvent.ephemeral) {
		const { severity, message, urn } = event.diagnosticEvent;
		send({ type: "diagnostic", diagnostic: { severity, message, ...(urn ? { urn } : {}) } });
	}
	if (event.policyEvent) {
		const { policyName, enforcementLevel, message, resourceUrn } = event.policyEvent;
		const level = enforcementLevel === "mandatory" ? "mandatory" : "advisory";
		send({
			type: "policy",
			report: { policy: policyName, level, message, ...(resourceUrn ? { urn: resourceUrn } : {}) },
		});
	}
	if (event.summaryEvent) {
		Object.assign(counts, event.summaryEvent.resourceChanges satisfies ChangeCounts);
	}
}

async function readOutputs(target: Stack): Promise<{ [name: string]: unknown }> {
	const outputs = await target.outputs();
	return Object.fromEntries(
		Object.entries(outputs).map(([name, output]) => [name, output.secret ? SECRET : output.value]),
	);
}
