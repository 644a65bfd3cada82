import { printable } from "../lib/format-error";

/** Where a command writes: data for programs on standard output, talk for people on standard error. */
export interface Console {
	/** A line for the person. */
	readonly say: (line?: string) => void;
	/** The command's data. */
	readonly data: (text: string) => void;
	/** A line that is written over by the next; nothing where the error stream is no terminal. */
	readonly status: (line: string) => void;
	/** True where a status line can be written over. */
	readonly live: boolean;
}

/** The console of this process. `CI` and a pipe mean plain lines. */
export function openConsole(environment: NodeJS.ProcessEnv = process.env): Console {
	const live = process.stderr.isTTY === true && !environment.CI;
	let statusShown = false;
	const clear = (): void => {
		if (statusShown) {
			process.stderr.write("\r\u001b[2K");
			statusShown = false;
		}
	};
	return {
		live,
		say: (line = "") => {
			clear();
			process.stderr.write(`${printable(line)}\n`);
		},
		data: (text) => {
			clear();
			process.stdout.write(text);
		},
		status: (line) => {
			if (live) {
				clear();
				process.stderr.write(printable(line).slice(0, (process.stderr.columns ?? 80) - 1));
				statusShown = true;
			}
		},
	};
}
