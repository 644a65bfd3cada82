/**
 * Deals units out in the ratio of the weights by largest remainder: each gets its quota rounded down, and what is left
 * goes to the largest fractions, the earlier one where two are equal. With enough units each weight gets one at least.
 */
export function apportion(units: number, weights: readonly number[]): number[] {
	const all = weights.reduce((sum, weight) => sum + weight, 0);
	const quotas = weights.map((weight) => (units * weight) / all);
	const atLeast = units >= weights.length ? 1 : 0;
	const floors = quotas.map((quota) => Math.max(atLeast, Math.floor(quota)));
	const order = quotas
		.map((quota, i) => ({ i, rest: quota - (floors[i] ?? 0) }))
		.sort((a, b) => b.rest - a.rest || a.i - b.i)
		.map(({ i }) => i);
	return settle(floors, { order, units, atLeast });
}

/** Gives what is missing to the first of the order, or takes what is too much from the last that can spare it. */
function settle(
	shares: readonly number[],
	{ order, units, atLeast }: { readonly order: readonly number[]; readonly units: number; readonly atLeast: number },
): number[] {
	const settled = [...shares];
	let open = units - shares.reduce((sum, share) => sum + share, 0);
	for (let turn = 0; open > 0; turn++) {
		const i = order[turn % order.length] ?? 0;
		settled[i] = (settled[i] ?? 0) + 1;
		open -= 1;
	}
	for (let turn = 0; open < 0 && turn < order.length * units; turn++) {
		const i = order[order.length - 1 - (turn % order.length)] ?? 0;
		if ((settled[i] ?? 0) > atLeast) {
			settled[i] = (settled[i] ?? 0) - 1;
			open += 1;
		}
	}
	return settled;
}
