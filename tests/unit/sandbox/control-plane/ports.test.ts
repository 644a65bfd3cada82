import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { choosePorts } from "../../../../sandbox/control-plane/ports";

describe("choosePorts", () => {
	let folder: string;
	let file: string;

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "meridian-test-"));
		file = join(folder, "ports.json");
	});

	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	it("gives three ports that differ and are free, and records them", async () => {
		const ports = await choosePorts(file);
		assert.deepEqual(JSON.parse(readFileSync(file, "utf8")), ports);
		assert.equal(new Set(Object.values(ports)).size, 3);
		for (const port of Object.values(ports)) {
			assert.ok(port > 0);
			const server = createServer().listen(port, "127.0.0.1");
			await once(server, "listening");
			server.close();
		}
	});

	it("gives the ports of the last time again", async () => {
		const ports = await choosePorts(file);
		assert.deepEqual(await choosePorts(file), ports);
	});

	it("gives another one for a port that is taken, keeps the others, and stays with that", async () => {
		const ports = await choosePorts(file);
		const server = createServer().listen(ports.apiserver, "127.0.0.1");
		await once(server, "listening");
		const others = await choosePorts(file);
		server.close();
		await once(server, "close");
		assert.notEqual(others.apiserver, ports.apiserver);
		assert.deepEqual([others.etcd, others.etcdPeer], [ports.etcd, ports.etcdPeer]);
		assert.deepEqual(await choosePorts(file), others);
	});

	it("does not give one port twice, whatever is recorded", async () => {
		const { apiserver } = await choosePorts(file);
		writeFileSync(file, JSON.stringify({ apiserver, etcd: apiserver }));
		const ports = await choosePorts(file);
		assert.equal(new Set(Object.values(ports)).size, 3);
		assert.ok(Object.values(ports).includes(apiserver));
	});
});
