/** A link of a Markdown page. */
export interface Link {
	/** Path relative to the page; empty for a heading of the page itself. */
	readonly path: string;
	/** The heading's anchor; empty where none is named. */
	readonly anchor: string;
}

/** The links of a page that point into the repository; addresses of the web and code samples are left out. */
export function relativeLinks(page: string): Link[] {
	const prose = withoutCode(page);
	const targets = [...prose.matchAll(/\]\(([^()\s]+)\)|(?:src|srcset|href)="([^"]+)"/g)].map(
		(match) => match[1] ?? match[2] ?? "",
	);
	return targets
		.filter((target) => !/^[a-z]+:/.test(target))
		.map((target) => {
			const [path = "", anchor = ""] = target.split("#");
			return { path, anchor };
		});
}

/** The anchors of a page's headings, as code hosts make them. */
export function anchorsOf(page: string): Set<string> {
	const headings = [...page.replace(/^```.*?^```/gms, "").matchAll(/^#{1,6} (.+)$/gm)].map((match) => match[1] ?? "");
	return new Set(headings.map(anchorOf));
}

function anchorOf(heading: string): string {
	return heading
		.trim()
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\s_-]/gu, "")
		.replace(/\s/g, "-");
}

function withoutCode(page: string): string {
	return page.replace(/^```.*?^```/gms, "").replace(/`[^`\n]*`/g, "");
}
