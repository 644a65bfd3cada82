import type { ExitCode } from "../../lib/errors";

/** Called with the exit code of the command that ran. */
export type Done = (code: ExitCode) => void;

/** The environment that a command is about. */
export const environment = { type: "string", demandOption: true, describe: "environment, as dev" } as const;

/** One cell of it. */
export const cell = { type: "string", describe: "one cell, as aws-us-east-1" } as const;
