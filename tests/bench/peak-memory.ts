import { readdirSync, readFileSync } from "node:fs";

/** Samples the resident memory of every process that a project copy started; `stop` gives the peak in MiB. */
export function peakMemoryMib(root: string): { stop: () => number } {
	let peak = 0;
	const timer = setInterval(() => {
		peak = Math.max(peak, residentMib(root));
	}, 200);
	return {
		stop: () => {
			clearInterval(timer);
			return peak;
		},
	};
}

/** Pages are 4 KiB on the platforms that have /proc with this layout. */
function residentMib(root: string): number {
	let pages = 0;
	for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
		try {
			const environment = readFileSync(`/proc/${pid}/environ`, "utf8");
			if (environment.includes(root)) {
				pages += Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1] ?? 0);
			}
		} catch {
			// The process ended while it was looked at.
		}
	}
	return (pages * 4) / 1024;
}
