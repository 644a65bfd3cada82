import { nameOfUrn, typeOfUrn } from "../../lib/names";
import type { Console } from "../console";
import type { DiagnosticMessage, StepEvent } from "../stack/protocol";
import type { OperationListener } from "../stack/stack-process";

/** With no terminal, a line at most this often, in milliseconds. */
const plainEveryMs = 10_000;

/** Shows how an operation goes on: what is being done now, and how much is done. */
export class Progress implements OperationListener {
	/** Errors that the engine reported, in its words. */
	readonly errors: DiagnosticMessage[] = [];
	private readonly underWay = new Map<string, StepEvent>();
	private readonly started = Date.now();
	private done = 0;
	private lastLine = Date.now();

	/** `expected` is how many resources the operation will visit, where that is known. */
	constructor(
		private readonly console: Console,
		private readonly label: string,
		private readonly expected?: number,
	) {}

	readonly step = (step: StepEvent): void => {
		if (step.kind === "started") {
			this.underWay.set(step.urn, step);
		} else {
			this.underWay.delete(step.urn);
			this.done += 1;
		}
		if (step.kind === "failed") {
			this.console.say(`  ${this.label}: failed ${describe(step)}`);
		}
		this.show();
	};

	readonly diagnostic = (diagnostic: DiagnosticMessage): void => {
		if (diagnostic.severity === "error") {
			this.errors.push(diagnostic);
		}
	};

	private show(): void {
		// The stack itself and what is deleted are visited too, so that the count may pass what was expected.
		const total = this.expected === undefined ? "" : `/${Math.max(this.expected, this.done)}`;
		const current = [...this.underWay.values()].at(-1);
		const now = current === undefined ? "" : `  ${describe(current)}`;
		const seconds = Math.round((Date.now() - this.started) / 1000);
		const line = `  ${this.label}: ${this.done}${total} resources, ${seconds} s${now}`;
		if (this.console.live) {
			this.console.status(line);
		} else if (Date.now() - this.lastLine >= plainEveryMs) {
			this.lastLine = Date.now();
			this.console.say(line);
		}
	}
}

const verbs: { readonly [op: string]: string } = {
	create: "creating",
	update: "updating",
	delete: "deleting",
	replace: "replacing",
	"create-replacement": "creating anew",
	"delete-replaced": "deleting the old",
	read: "reading",
	same: "checking",
};

function describe(step: StepEvent): string {
	const type = typeOfUrn(step.urn).split(":").at(-1);
	return `${verbs[step.op] ?? step.op} ${type} ${nameOfUrn(step.urn)}`;
}
