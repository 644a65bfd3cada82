import { type ChildProcess, spawn } from "node:child_process";

/**
 * Ends watched processes when the sandbox itself is gone, however it went: a shell of one megabyte that reads the
 * sandbox's end of a pipe. It is in a session of its own, so that a signal to the sandbox's group does not reach it.
 */
export class Guard {
	private shell: ChildProcess | undefined;
	private readonly watched = new Set<number>();

	/** Has a process killed when the sandbox ends. */
	watch(pid: number): void {
		this.watched.add(pid);
		if (this.shell === undefined) {
			this.start();
		} else {
			this.tell(`watch ${pid}`);
		}
	}

	/** Forgets a process that has ended, so that nobody else's is killed under its number. */
	forget(pid: number): void {
		this.watched.delete(pid);
		this.tell(`forget ${pid}`);
	}

	/** Ends the guard itself. */
	close(): void {
		this.watched.clear();
		this.shell?.removeAllListeners("exit");
		this.shell?.kill("SIGKILL");
		this.shell = undefined;
	}

	private start(): void {
		const shell = spawn("/bin/sh", ["-c", script], { detached: true, stdio: ["pipe", "ignore", "ignore"] });
		// A guard that was killed is replaced while there is something to guard.
		shell.once("exit", () => {
			this.shell = undefined;
			if (this.watched.size > 0) {
				this.start();
			}
		});
		shell.once("error", () => {});
		shell.stdin.on("error", () => {});
		shell.unref();
		this.shell = shell;
		for (const pid of this.watched) {
			this.tell(`watch ${pid}`);
		}
	}

	private tell(line: string): void {
		this.shell?.stdin?.write(`${line}\n`);
	}
}

const script = `
watched=" "
while read -r verb pid; do
	case $verb in
		watch) watched="$watched$pid " ;;
		forget) watched=$(printf %s "$watched" | sed "s/ $pid / /") ;;
	esac
done
for pid in $watched; do kill -9 "$pid"; done
`;
