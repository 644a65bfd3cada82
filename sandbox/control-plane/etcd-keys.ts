import { readFile } from "node:fs/promises";
import { request } from "node:https";
import type { Layout } from "./layout";

/** Erases the keys below some prefixes by etcd's own interface; its JSON gateway takes keys in base64. */
export async function eraseKeys(layout: Layout, storage: string, prefixes: readonly string[]): Promise<void> {
	for (const prefix of prefixes) {
		const body = { key: base64(prefix), range_end: base64(afterPrefix(prefix)) };
		await post(layout, `${storage}/v3/kv/deleterange`, body);
	}
}

/** The first key after all keys that begin with a prefix. */
function afterPrefix(prefix: string): string {
	return `${prefix.slice(0, -1)}${String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1)}`;
}

function base64(text: string): string {
	return Buffer.from(text).toString("base64");
}

async function post(layout: Layout, address: string, body: object): Promise<void> {
	const files = [layout.authority, layout.certificate("sandbox"), layout.key("sandbox")];
	const [ca, cert, key] = await Promise.all(files.map((file) => readFile(file)));
	return new Promise((resolve, reject) => {
		const call = request(address, { method: "POST", ca, cert, key, agent: false }, (response) => {
			response.resume();
			const { statusCode } = response;
			response.once("end", () => (statusCode === 200 ? resolve() : reject(new Error(`etcd answers ${statusCode}`))));
		});
		call.once("error", reject);
		call.end(JSON.stringify(body));
	});
}
