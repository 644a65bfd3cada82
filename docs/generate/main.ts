import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { generatedDocs } from "./docs";

/** `npm run docs` writes the pages that are made from the sources. */
function main(): void {
	for (const [name, text] of Object.entries(generatedDocs())) {
		writeFileSync(join(__dirname, "..", name), text);
		process.stdout.write(`docs/${name}\n`);
	}
}

main();
