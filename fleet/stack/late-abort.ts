/**
 * Makes a signal tell late listeners too. The Automation API listens only once the engine runs: what was aborted a
 * moment before would go unheard, and the engine would run on to the end with nobody there.
 */
export function tellingLate(signal: AbortSignal): AbortSignal {
	const add = signal.addEventListener.bind(signal);
	const addEventListener = (type: string, listener: () => void): void => {
		if (signal.aborted) {
			listener();
		} else {
			add(type, listener);
		}
	};
	return Object.assign(signal, { addEventListener });
}
