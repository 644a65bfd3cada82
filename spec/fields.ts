import { z } from "zod";
import { type Duration, inDays, inHours, isDuration, isSize, type Size } from "../lib/units";

/** A duration such as `90d`, within a range of days. */
export function duration(minDays: number, maxDays: number): z.ZodType<Duration> {
	return z.custom<Duration>(
		(value) => typeof value === "string" && isDuration(value) && inDays(value) >= minDays && inDays(value) <= maxDays,
		{ message: `must be ${minDays}d to ${maxDays}d (whole days "d" or hours "h")` },
	);
}

/** A duration such as `36h`, within a range of hours. */
export function hours(min: number, max: number): z.ZodType<Duration> {
	return z.custom<Duration>(
		(value) => typeof value === "string" && isDuration(value) && inHours(value) >= min && inHours(value) <= max,
		{ message: `must be ${min}h to ${max}h (whole days "d" or hours "h")` },
	);
}

/** A UUID in lower case; `what` says whose. */
export function uuid(what: string): z.ZodString {
	return text(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, `${what}, as 01234567-89ab-cdef-0123-456789abcdef`);
}

/** A size such as `500GiB` or `2TiB`. */
export function size(): z.ZodType<Size> {
	return z.custom<Size>((value) => typeof value === "string" && isSize(value), {
		message: 'must be a size in "GiB" or "TiB", such as 500GiB',
	});
}

/** A whole number within a range, of the given unit. */
export function count(min: number, max: number, unit: string): z.ZodNumber {
	const message = `must be a whole number, ${min} to ${max} ${unit}`;
	return z.number({ error: message }).int(message).min(min, message).max(max, message);
}

/** Text that matches a pattern; `form` says it in words. */
export function text(pattern: RegExp, form: string): z.ZodString {
	const message = `must be ${form}`;
	return z.string({ error: message }).regex(pattern, message);
}

/** An IPv4 range such as `10.16.0.0/16`; the rules across fields check the arithmetic. */
export function ipv4Range(): z.ZodString {
	return text(/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/, "an IPv4 range such as 10.16.0.0/16");
}

/** A lower-case name of letters, digits and inner hyphens. */
export function slug(max: number): z.ZodString {
	return text(
		new RegExp(`^[a-z]([a-z0-9-]{0,${max - 2}}[a-z0-9])?$`),
		`1 to ${max} of a-z, 0-9 and inner hyphens, beginning with a letter`,
	);
}

/** A DNS name such as `frontier.example`. */
export function domain(): z.ZodString {
	return text(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, "a DNS name such as frontier.example");
}
