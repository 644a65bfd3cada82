/** The commands, loaded when one of them runs: `--help` and completion do not pay for the engine's libraries. */
export const commands = {
	get deployment(): typeof import("./commands/up") {
		return require("./commands/up");
	},
	get planning(): typeof import("./commands/plan") {
		return require("./commands/plan");
	},
	get destruction(): typeof import("./commands/destroy") {
		return require("./commands/destroy");
	},
	get inspection(): typeof import("./commands/inspect") {
		return require("./commands/inspect");
	},
	get sandbox(): typeof import("./commands/sandbox") {
		return require("./commands/sandbox");
	},
	get sandboxClusters(): typeof import("./commands/sandbox-clusters") {
		return require("./commands/sandbox-clusters");
	},
	get sandboxFaults(): typeof import("./commands/sandbox-faults") {
		return require("./commands/sandbox-faults");
	},
	get diagnosis(): typeof import("./commands/doctor") {
		return require("./commands/doctor");
	},
};
