import type { StepEventMetadata } from "@pulumi/pulumi/automation/events";

/** What a stack worker is told at its start. */
export interface WorkerSetup {
	readonly stack: string;
	/** Generated folder that holds the stack's project and settings files. */
	readonly workFolder: string;
	/** Folder with `bin/pulumi`; nothing where the CLI on PATH is used. */
	readonly cliRoot: string | undefined;
	readonly environment: { readonly [name: string]: string };
}

/** One operation on the stack. */
export type Operation =
	| { readonly kind: "preview"; readonly planFile?: string; readonly policyPacks: readonly string[] }
	| { readonly kind: "up"; readonly planFile: string; readonly policyPacks: readonly string[] }
	| { readonly kind: "destroy" }
	/** Reads these resources anew and drops pending creations from the state. */
	| { readonly kind: "refresh"; readonly targets: readonly string[] }
	| { readonly kind: "outputs" }
	| { readonly kind: "export" }
	| { readonly kind: "import"; readonly state: unknown }
	| { readonly kind: "unlock" };

/** From the command line to the worker. */
export type WorkerRequest =
	| { readonly type: "setup"; readonly setup: WorkerSetup }
	| { readonly type: "run"; readonly operation: Operation }
	| { readonly type: "cancel" };

/** What the engine does to a resource, reduced to what people read. */
export interface StepEvent {
	readonly kind: "started" | "done" | "failed";
	readonly op: StepEventMetadata["op"];
	readonly urn: string;
}

export interface DiagnosticMessage {
	readonly severity: "info" | "info#err" | "warning" | "error";
	readonly message: string;
	readonly urn?: string;
}

/** A rule's report from the engine. */
export interface PolicyReport {
	readonly policy: string;
	readonly level: "advisory" | "mandatory";
	readonly message: string;
	readonly urn?: string;
}

/** Counts of the engine's operations, as `{create: 3, same: 40}`. */
export type ChangeCounts = { readonly [op: string]: number };

/** From the worker to the command line. */
export type WorkerMessage =
	| { readonly type: "ready" }
	| { readonly type: "step"; readonly step: StepEvent }
	| { readonly type: "diagnostic"; readonly diagnostic: DiagnosticMessage }
	| { readonly type: "policy"; readonly report: PolicyReport }
	| { readonly type: "done"; readonly result: OperationResult }
	| { readonly type: "failed"; readonly failure: OperationFailure };

export interface OperationResult {
	readonly changes: ChangeCounts;
	/** Answer of `outputs` and `export`; secrets read `[secret]` in outputs. */
	readonly value?: unknown;
}

export interface OperationFailure {
	readonly reason: "locked" | "not-found" | "cancelled" | "failed";
	/** What the engine printed last; for a person. */
	readonly message: string;
}
