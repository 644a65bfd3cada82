import type { EngineEvent } from "@pulumi/pulumi/automation";
import type { StepEvent } from "./protocol";

/** The step that an engine event tells of; nothing for the stack's own resource and for steps that change nothing. */
export function stepOf(event: EngineEvent): StepEvent | undefined {
	const found = kinds(event).find(([, metadata]) => metadata !== undefined);
	const [kind, metadata] = found ?? [];
	if (kind === undefined || metadata === undefined || metadata.type === "pulumi:pulumi:Stack") {
		return undefined;
	}
	return { kind, op: metadata.op, urn: metadata.urn };
}

function kinds(event: EngineEvent) {
	return [
		["started", event.resourcePreEvent?.metadata],
		["done", event.resOutputsEvent?.metadata],
		["failed", event.resOpFailedEvent?.metadata],
	] as const;
}
