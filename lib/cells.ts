/** The clouds that a cell can be on. */
export const clouds = ["aws", "gcp", "azure"] as const;

export type Cloud = (typeof clouds)[number];

/** The id of the cell that holds what all others share. */
export const globalCell = "global";

/** A region's cell id, as `aws-us-east-1`; the regional part is the cloud's own name. */
export function regionCell(cloud: Cloud, region: string): string {
	return `${cloud}-${region}`;
}

/** The cell that a cell's stack is named after: `prod-aws-us-east-1` gives `aws-us-east-1`; a bare environment, nothing. */
export function cellOfStack(environment: string, stack: string): string | undefined {
	const prefix = `${environment}-`;
	return stack.startsWith(prefix) && stack.length > prefix.length ? stack.slice(prefix.length) : undefined;
}
