import type { Console } from "../console";

/** One status line for several things that go on beside each other: each writes its part, and all parts are shown. */
export class StatusBoard {
	private readonly parts = new Map<string, string>();

	constructor(private readonly console: Console) {}

	/** A console whose status is one part of the line. */
	part(key: string): Console {
		const { console } = this;
		return {
			...console,
			status: (line) => {
				this.parts.set(key, line.trim());
				console.status(`  ${[...this.parts.values()].join("  |  ")}`);
			},
		};
	}

	/** Takes a part away: what it was about is over. */
	end(key: string): void {
		this.parts.delete(key);
	}
}
