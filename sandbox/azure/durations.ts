/** Days of an ISO 8601 duration of whole years, months, weeks and days (365, 30, 7 and 1); undefined for other text. */
export function daysOf(duration: string): number | undefined {
	const match = /^P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$/.exec(duration);
	if (!match) {
		return undefined;
	}
	const [years = 0, months = 0, weeks = 0, days = 0] = match.slice(1).map((part) => Number(part ?? 0));
	return years * 365 + months * 30 + weeks * 7 + days;
}
