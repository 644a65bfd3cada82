import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { gkeNetwork } from "../../catalogue/kubernetes/gke-networks";
import { isAlive } from "../../lib/process-alive";
import { list, text } from "../../sandbox/check/inputs";
import { ClusterClient } from "../../sandbox/clusters/cluster-client";
import { definitionOf } from "../../sandbox/clusters/definition";
import { type Manifest, plain } from "../../sandbox/clusters/manifest";
import { preparedEtcd } from "../../sandbox/clusters/prepared-etcd";
import { waitsFor } from "../../sandbox/clusters/readiness";
import { RunningPlanes } from "../../sandbox/clusters/running-planes";
import { ControlPlane, type ControlPlaneOptions } from "../../sandbox/control-plane/control-plane";
import { Guard } from "../../sandbox/control-plane/guard";
import type { ControlPlanePrograms } from "../../toolchain/control-plane/find";
import type { ProgramName } from "../../toolchain/control-plane/programs";
import { eventually } from "../support/processes";
import { controlPlanePrograms } from "../support/real-cluster";

const fieldManager = "test";
const issuer = "https://oidc.example.invalid/id/7";
const kept: Manifest = {
	apiVersion: "v1",
	kind: "ConfigMap",
	metadata: { name: "kept", namespace: "default" },
	data: { marker: "open-marker-5d1c" },
};

describe("a control plane", () => {
	const home = mkdtempSync(join(tmpdir(), "meridian-test-"));
	const store = join(home, "store");
	const guard = new Guard();
	const clients: ClusterClient[] = [];
	const listeners: Server[] = [];
	let programs: ControlPlanePrograms;
	let template: string;
	let plane: ControlPlane;
	const started: ControlPlane[] = [];

	const optionsOf = (name: string): ControlPlaneOptions => ({
		cluster: name,
		folder: join(home, name),
		programs,
		settings: { services: "172.20.0.0/16", pods: "10.244.0.0/16", issuer },
		guard,
		template,
	});

	/** Enough for what is about the plane itself. */
	const start = async (changes: Partial<ControlPlaneOptions> = {}): Promise<void> => {
		plane = await ControlPlane.start({ ...optionsOf("research"), bare: true, ...changes });
		started.push(plane);
	};

	/** A client of people. */
	function client(): ClusterClient {
		const made = new ClusterClient(plane.layout.kubeconfig("admin"));
		clients.push(made);
		return made;
	}

	/** A program of a test's own in the place of a real one: a shell script that ends in it. */
	function inPlaceOf(program: ProgramName, name: string, script: string): ControlPlanePrograms {
		const file = join(home, name);
		writeFileSync(file, `#!/bin/sh\n${script}\nexec ${programs[program]} "$@"\n`, { mode: 0o755 });
		return { ...programs, [program]: file };
	}

	/** Listens on a port of 127.0.0.1, any unless said, until the test is over. */
	async function occupy(port = 0): Promise<number> {
		const server = createServer();
		listeners.push(server);
		server.listen(port, "127.0.0.1");
		await once(server, "listening");
		const address = server.address();
		return typeof address === "object" && address !== null ? address.port : 0;
	}

	before(async () => {
		programs = await controlPlanePrograms();
		const prepared = [1, 2].map(() => preparedEtcd([gkeNetwork], { store, programs, guard }));
		[template = ""] = await Promise.all(prepared);
		await start({ bare: false });
		await client().create(kept, { fieldManager });
	});

	afterEach(async () => {
		await Promise.all(clients.splice(0).map((each) => each.close()));
		for (const listener of listeners.splice(0)) {
			listener.close();
		}
	});

	after(async () => {
		await Promise.all(started.map((each) => each.stop()));
		guard.close();
		rmSync(home, { recursive: true, force: true });
	});

	describe("that begins with prepared data", () => {
		it("has them prepared once, whoever asks meanwhile, and works on a copy", () => {
			assert.deepEqual(readdirSync(store), [basename(template)]);
			const holds = (folder: string): boolean =>
				filesBelow(folder).some((file) => readFileSync(file).includes("open-marker-5d1c"));
			assert.deepEqual([holds(plane.layout.data), holds(template)], [true, false]);
		});

		it("knows the prepared kinds, and takes objects of them", async () => {
			const live = await client().read(definitionOf(gkeNetwork));
			assert.ok(live);
			assert.equal(waitsFor(plain(live)), undefined);
			const network: Manifest = {
				apiVersion: "networking.gke.io/v1",
				kind: "Network",
				metadata: { name: "blue" },
				spec: {
					type: "Device",
					parametersRef: { group: "networking.gke.io", kind: "GKENetworkParamSet", name: "blue" },
				},
			};
			await serves("networking.gke.io/v1", "Network");
			const made = await client().create(network, { fieldManager });
			assert.equal(made.metadata.name, "blue");
		});

		it("gives addresses of its own range, and none of the one that it was prepared with", async () => {
			const own = { apiVersion: "v1", kind: "Service", metadata: { name: "kubernetes", namespace: "default" } };
			assert.equal(await soon(own, "spec.clusterIP"), "172.20.0.1");
			const spec = { selector: { app: "a" }, ports: [{ port: 80 }] };
			const service = { ...own, metadata: { name: "front", namespace: "default" }, spec };
			const made = await client().create(service, { fieldManager });
			assert.match(text(plain(made), "spec.clusterIP") ?? "", /^172\.20\.\d+\.\d+$/);
			const ranges = await client().list("networking.k8s.io/v1", "ServiceCIDR");
			assert.deepEqual(
				ranges.flatMap((range) => list(plain(range), "spec.cidrs")),
				["172.20.0.0/16"],
			);
			const addresses = await client().list("networking.k8s.io/v1", "IPAddress");
			assert.ok(addresses.length >= 2);
			assert.deepEqual(
				addresses.map(({ metadata }) => metadata.name).filter((name) => !name.startsWith("172.20.")),
				[],
			);
		});

		it("issues tokens in its own name", async () => {
			const configuration: unknown = JSON.parse(await get("/.well-known/openid-configuration"));
			assert.equal(Reflect.get(Object(configuration), "issuer"), issuer);
		});
	});

	describe("that holds a Secret", () => {
		const password = "hunter2-9f31b7c4";
		const forms = [password, Buffer.from(password).toString("base64")];

		before(async () => {
			const metadata = { name: "login", namespace: "default" };
			await client().create({ apiVersion: "v1", kind: "Secret", metadata, stringData: { password } }, { fieldManager });
		});

		it("keeps it encrypted on disk", () => {
			const files = filesBelow(plane.layout.data).map((file) => readFileSync(file));
			const holds = (bytes: string): boolean => files.some((content) => content.includes(bytes));
			// What is not secret is found: so would the secret be.
			assert.ok(holds("open-marker-5d1c"));
			assert.ok(holds("/registry/secrets/default/login"));
			assert.ok(holds("k8s:enc:secretbox:v1:sandbox:"));
			assert.deepEqual(forms.filter(holds), []);
		});

		it("logs who made it, and nothing of what is in it", async () => {
			const log = (): string => readFileSync(plane.layout.auditLog, "utf8");
			const made = (): unknown[] =>
				log()
					.split("\n")
					.filter((line) => line.endsWith("}"))
					.map((line) => JSON.parse(line))
					.filter(({ objectRef }) => objectRef?.resource === "secrets" && objectRef.name === "login")
					.map(({ user, verb, responseStatus }) => [user.username, verb, responseStatus.code]);
			await eventually(() => made().length > 0, "the audit log has the Secret");
			assert.deepEqual(made(), [["meridian:admin", "create", 201]]);
			assert.deepEqual(
				forms.filter((form) => log().includes(form)),
				[],
			);
		});
	});

	describe("that stops and starts again", () => {
		it("has its port and its objects again", async () => {
			const { pids, port } = plane;
			assert.equal(pids.length, 5);
			await plane.stop();
			assert.deepEqual(pids.filter(isAlive), []);
			assert.deepEqual(plane.pids, []);
			await start();
			assert.equal(plane.port, port);
			assert.deepEqual((await client().read(kept))?.data, kept.data);
		});

		it("takes another port where somebody has taken its own", async () => {
			const { port } = plane;
			await plane.stop();
			await occupy(port);
			await start();
			assert.notEqual(plane.port, port);
			assert.deepEqual((await client().read(kept))?.data, kept.data);
		});

		it("tries again where somebody takes a port between choice and start", async () => {
			await plane.stop();
			const taken = await occupy();
			const [first, second] = ["first", "second"].map((name) => join(home, name));
			// The first etcd and the second API server meet a port that is taken.
			const etcd = inPlaceOf(
				"etcd",
				"etcd-on-a-taken-port",
				`[ -e ${first} ] || { : >${first}; set -- "$@" --listen-client-urls=https://127.0.0.1:${taken}; }`,
			);
			const apiserver = inPlaceOf(
				"kube-apiserver",
				"apiserver-on-a-taken-port",
				`[ -e ${second} ] || [ ! -e ${first} ] || { : >${second}; set -- "$@" --secure-port=${taken}; }`,
			);
			await start({ programs: { ...etcd, "kube-apiserver": apiserver["kube-apiserver"] } });
			assert.ok(first && second && existsSync(first) && existsSync(second));
			assert.deepEqual((await client().read(kept))?.data, kept.data);
		});

		it("ends what a sandbox that was killed has left in its folder", async () => {
			const left = plane;
			const { pids, port } = left;
			await start();
			assert.deepEqual(pids.filter(isAlive), []);
			assert.equal(plane.port, port);
			await left.stop();
			assert.deepEqual((await client().read(kept))?.data, kept.data);
		});
	});

	describe("whose disk is full", () => {
		/** The system refuses to write beyond 50 KB of any file, which root cannot write beyond either. */
		const full = (): ControlPlanePrograms =>
			inPlaceOf("etcd", "etcd-without-room", `echo $$ >${join(home, "etcd.pid")}\nulimit -f 100`);

		it("does not start, says that it is etcd and why, and leaves nothing running", async () => {
			await plane.stop();
			const apiserver = inPlaceOf("kube-apiserver", "noted-apiserver", `echo $$ >${join(home, "kube-apiserver.pid")}`);
			await assert.rejects(
				start({ programs: { ...apiserver, etcd: full().etcd } }),
				/^Error: etcd of cluster research has ended: .*file too large/s,
			);
			for (const name of ["etcd", "kube-apiserver"]) {
				const pid = Number(readFileSync(join(home, `${name}.pid`), "utf8"));
				assert.ok(pid > 0);
				assert.equal(isAlive(pid), false, name);
			}
		});

		it("starts once there is room, with the objects of before", async () => {
			await start();
			assert.deepEqual((await client().read(kept))?.data, kept.data);
		});

		it("ends as a whole when etcd does not bear it while it runs, instead of hanging", async () => {
			const [etcd = 0] = plane.pids;
			const connected = client();
			await connected.read(kept);
			process.kill(etcd, "SIGKILL");
			await eventually(() => plane.pids.length === 0, "etcd and the API server end");
			assert.match(plane.complaint ?? "", /^etcd of cluster research has ended/);
			await assert.rejects(connected.read(kept), /control plane has ended; run the command again/);
			await plane.stop();
		});
	});

	describe("among others, where memory takes one", () => {
		const planes = new RunningPlanes(1);
		const begun: string[] = [];
		const ended: string[] = [];

		after(() => planes.close());

		const ensure = (name: string) =>
			planes.ensure(
				name,
				() => Promise.resolve({ ...optionsOf(name), bare: true }),
				() => {
					begun.push(name);
					return Promise.resolve({
						stop: () => {
							ended.push(name);
							return Promise.resolve();
						},
					});
				},
			);

		it("starts once for all who ask for it", async () => {
			const [one, two] = await Promise.all([ensure("research"), ensure("research")]);
			assert.equal(one, two);
			assert.equal(await ensure("research"), one);
			assert.deepEqual([begun, planes.keys()], [["research"], ["research"]]);
		});

		it("gives way to one that is asked for, with what works on it", async () => {
			const { plane: first } = await ensure("research");
			const { pids } = first;
			const second = await ensure("serving");
			assert.deepEqual([planes.keys(), ended], [["serving"], ["research"]]);
			assert.deepEqual(pids.filter(isAlive), []);
			assert.equal(await second.client.read(kept), undefined);
		});

		it("comes back on demand with its objects", async () => {
			const { client: speaks } = await ensure("research");
			assert.deepEqual(planes.keys(), ["research"]);
			assert.deepEqual((await speaks.read(kept))?.data, kept.data);
		});

		it("is used by whoever reads in it", async () => {
			const { plane: running } = await ensure("research");
			const before = planes.lastUse();
			const people = new ClusterClient(running.layout.kubeconfig("admin"));
			clients.push(people);
			await delay(20);
			await people.read(kept);
			await eventually(() => planes.lastUse() > before, "the reading counts");
		});

		it("stops when nobody uses it for ten minutes", async () => {
			const { plane: running } = await ensure("research");
			const { pids } = running;
			const used = planes.lastUse();
			await planes.stopIdle(used + 9 * 60_000);
			assert.deepEqual(planes.keys(), ["research"]);
			await planes.stopIdle(used + 11 * 60_000);
			assert.deepEqual([planes.keys(), planes.lastUse()], [[], 0]);
			assert.deepEqual(pids.filter(isAlive), []);
			assert.deepEqual(ended, ["research", "serving", "research"]);
		});
	});

	/** Waits until a kind is in the API server's directory, which it fills in after it is ready. */
	async function serves(apiVersion: string, kind: string): Promise<void> {
		const asks = client();
		for (let tries = 0; tries < 100 && !(await asks.serves(apiVersion, kind)); tries++) {
			await delay(100);
		}
	}

	/** A text of an object that the API server itself makes once it is ready. */
	async function soon(name: Manifest, path: string): Promise<string | undefined> {
		const asks = client();
		for (let tries = 0; tries < 100; tries++) {
			const live = await asks.read(name);
			if (live !== undefined) {
				return text(plain(live), path);
			}
			await delay(100);
		}
		return undefined;
	}

	/** What the API server answers under a path. */
	async function get(path: string): Promise<string> {
		const { layout, port } = plane;
		const [ca, cert, key] = [layout.authority, layout.certificate("admin"), layout.key("admin")].map((file) =>
			readFileSync(file),
		);
		const call = request(`https://127.0.0.1:${port}${path}`, { ca, cert, key, agent: false });
		call.end();
		const [response] = await once(call, "response");
		let body = "";
		for await (const chunk of response) {
			body += String(chunk);
		}
		return body;
	}
});

function filesBelow(folder: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));
}
