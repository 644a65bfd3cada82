import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import yargs from "yargs";
import { anchorsOf, relativeLinks } from "../../../docs/generate/links";
import { buildCommandLine } from "../../../fleet/command-line";
import type { Console } from "../../../fleet/console";
import { ExitCode } from "../../../lib/errors";
import { projectRoot } from "../../../lib/folders";

const pages = [
	"README.md",
	"CHANGELOG.md",
	...readdirSync(join(projectRoot, "docs"))
		.filter((name) => name.endsWith(".md"))
		.map((name) => join("docs", name)),
];

function text(page: string): string {
	return readFileSync(join(projectRoot, page), "utf8");
}

/** What is wrong with a page's links: files that are not there, headings that no page has. */
function brokenLinks(page: string): string[] {
	return relativeLinks(text(page)).flatMap(({ path, anchor }) => {
		const target = path === "" ? page : relative(projectRoot, join(projectRoot, dirname(page), path));
		if (!existsSync(join(projectRoot, target))) {
			return [`${page}: ${path} does not exist`];
		}
		return anchor === "" || anchorsOf(text(target)).has(anchor) ? [] : [`${page}: ${target} has no heading #${anchor}`];
	});
}

const silent: Console = { say: () => {}, data: () => {}, status: () => {}, live: false };

/** The help of a command, or of the whole line: which verbs there are. */
async function help(...args: readonly string[]): Promise<string> {
	return await buildCommandLine(yargs([...args]), args, silent, () => {}).getHelp();
}

/** The verbs after `meridian` or `node bin/meridian.js` in a page's code, with the verb below `sandbox`. */
function verbsIn(page: string): string[] {
	const found = text(page).matchAll(/(?:^|[`"'(\s])(?:node bin\/meridian\.js|meridian) (sandbox [a-z]+|[a-z]+)/gm);
	return [...new Set([...found].map((match) => match[1] ?? ""))].sort();
}

describe("relativeLinks", () => {
	it("leaves out the web and code, and keeps files with their headings", () => {
		const page = '[a](docs/x.md#y) [b](https://z) `[c](d)`\n```\n[e](f)\n```\n<img src="g.svg"> [h](#i)';
		assert.deepEqual(relativeLinks(page), [
			{ path: "docs/x.md", anchor: "y" },
			{ path: "g.svg", anchor: "" },
			{ path: "", anchor: "i" },
		]);
	});
});

describe("anchorsOf", () => {
	it("makes anchors as code hosts do, and reads no heading in code", () => {
		const page = "# `a.b[]` of kind, x\n## Exit codes\n```\n# no heading\n```\n";
		assert.deepEqual([...anchorsOf(page)], ["ab-of-kind-x", "exit-codes"]);
	});
});

describe("the pages", () => {
	for (const page of pages) {
		it(`${page} links only to what exists`, () => {
			assert.deepEqual(brokenLinks(page), []);
		});
	}

	it("name README.md's own commands as the command line has them", async () => {
		const verbs = verbsIn("README.md");
		assert.ok(verbs.includes("up") && verbs.includes("sandbox ls"), `found only: ${verbs.join(", ")}`);
		const [top, sandbox] = await Promise.all([help(), help("sandbox")]);
		const unknown = verbs.filter(
			(verb) => !`${top}\n${sandbox}`.includes(`meridian ${verb} `) && !top.includes(`  meridian ${verb}\n`),
		);
		assert.deepEqual(unknown, []);
	});

	it("list every exit code in README.md", () => {
		const readme = text("README.md");
		const missing = Object.values(ExitCode).filter((code) => !new RegExp(`^\\| ${code} +\\|`, "m").test(readme));
		assert.deepEqual(missing, []);
	});

	it("keep the section that the sandbox's messages name", () => {
		assert.ok(anchorsOf(text("docs/sandbox.md")).has("add-a-type"));
	});
});
