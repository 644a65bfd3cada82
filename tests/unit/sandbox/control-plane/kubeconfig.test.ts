import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KubeConfig } from "@kubernetes/client-node";
import { ensureKeys } from "../../../../sandbox/control-plane/files";
import { kubeconfigText, portableKubeconfig } from "../../../../sandbox/control-plane/kubeconfig";
import { layoutOf } from "../../../../sandbox/control-plane/layout";

describe("kubeconfig", () => {
	const layout = layoutOf(mkdtempSync(join(tmpdir(), "meridian-test-")));

	before(() => ensureKeys(layout, "research"));

	after(() => rmSync(layout.folder, { recursive: true, force: true }));

	function load(text: string): KubeConfig {
		const config = new KubeConfig();
		config.loadFromString(text);
		return config;
	}

	it("leads a client to its cluster as its own user, by files", () => {
		const config = load(kubeconfigText(layout, { cluster: "research", client: "kwok", port: 6443 }));
		assert.deepEqual(config.getCurrentCluster(), {
			name: "research",
			server: "https://127.0.0.1:6443",
			caFile: layout.authority,
			caData: undefined,
			skipTLSVerify: false,
			tlsServerName: undefined,
			proxyUrl: undefined,
		});
		const user = config.getCurrentUser();
		assert.deepEqual(
			[user?.name, user?.certFile, user?.keyFile],
			["meridian:kwok", layout.certificate("kwok"), layout.key("kwok")],
		);
	});

	it("holds no secret where it names files", () => {
		const text = kubeconfigText(layout, { cluster: "research", client: "admin", port: 6443 });
		assert.equal(text.includes("-data"), false);
		assert.equal(text.includes("PRIVATE KEY"), false);
	});

	it("holds all that the administrator needs where it is portable, and names no file", () => {
		const text = portableKubeconfig(layout, "research", 6443);
		assert.equal(text.includes(layout.folder), false);
		const config = load(text);
		const decoded = [
			config.getCurrentCluster()?.caData,
			config.getCurrentUser()?.certData,
			config.getCurrentUser()?.keyData,
		].map((data = "") => Buffer.from(data, "base64").toString("utf8"));
		const files = [layout.authority, layout.certificate("admin"), layout.key("admin")];
		assert.deepEqual(
			decoded,
			files.map((file) => readFileSync(file, "utf8")),
		);
		assert.equal(config.getCurrentCluster()?.server, "https://127.0.0.1:6443");
		assert.equal(config.getCurrentUser()?.name, "meridian:admin");
		assert.equal(config.getCurrentContext(), "research");
	});
});
