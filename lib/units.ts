/** A whole number of days or hours, as `90d` or `36h`. */
export type Duration = `${number}d` | `${number}h`;

/** A size of memory or storage in binary units, as `500GiB`. */
export type Size = `${number}GiB` | `${number}TiB`;

const durationPattern = /^(\d+)(d|h)$/;
const sizePattern = /^(\d+)(GiB|TiB)$/;

/** True for text such as `90d` or `36h`. */
export function isDuration(text: string): text is Duration {
	return durationPattern.test(text);
}

/** True for text such as `500GiB` or `2TiB`. */
export function isSize(text: string): text is Size {
	return sizePattern.test(text);
}

/** The duration in days; hours become fractions. */
export function inDays(duration: Duration): number {
	const [, count, unit] = durationPattern.exec(duration) ?? [];
	return unit === "h" ? Number(count) / 24 : Number(count);
}

/** The size in GiB. */
export function inGib(size: Size): number {
	const [, count, unit] = sizePattern.exec(size) ?? [];
	return unit === "TiB" ? Number(count) * 1024 : Number(count);
}

/** The duration in whole or broken hours. */
export function inHours(duration: Duration): number {
	return inDays(duration) * 24;
}
