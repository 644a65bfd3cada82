/** Where a figure comes from, and the day it was read. */
export interface Source {
	readonly source: string;
	/** ISO date of reading. */
	readonly date: string;
	/** False where some field rests on general knowledge; `unverified` names those fields. */
	readonly verified: boolean;
	readonly unverified?: readonly string[];
}
