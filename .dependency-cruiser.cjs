/** Imports go one way (docs/architecture.md); a violation fails `npm run check`. */
const only = (from, allowed, comment) => ({
	name: `${from}-imports`,
	comment,
	severity: "error",
	from: { path: `^${from}/` },
	to: {
		path: "^(?!node_modules)[a-z]",
		pathNot: `^(${[from, ...allowed].join("|")})(/|$)`,
		dependencyTypes: ["local"],
	},
});

module.exports = {
	forbidden: [
		only("lib", [], "lib is pure and stands at the bottom"),
		only("catalogue", ["lib"], "facts know nothing of what uses them"),
		only("spec", ["lib", "catalogue"], "the specification decides before any resource exists"),
		only("components", ["lib", "catalogue", "spec"], "components build from the specification"),
		only("policies", ["lib", "catalogue"], "rules judge resources as data"),
		only("toolchain", ["lib"], "the toolchain serves the sandbox and the command line"),
		only("sandbox", ["lib", "catalogue", "toolchain"], "the emulated clouds do not know the program"),
		only("requirements", ["lib", "catalogue", "spec"], "requirements know resources as data"),
		only(
			"blueprint",
			["lib", "catalogue", "spec", "index.ts"],
			"the blueprint runs the program through its entry point",
		),
		{
			name: "nothing-imports-fleet",
			severity: "error",
			from: { pathNot: "^(fleet|tests|bin|docs)/" },
			to: { path: "^fleet/" },
		},
		{
			name: "clouds-apart",
			comment: "files of one cloud never import those of another",
			severity: "error",
			from: { path: "/(aws|gcp|azure)[^/]*\\.ts$" },
			to: { path: "/(aws|gcp|azure)[^/]*\\.ts$", pathNot: "/$1[^/]*\\.ts$" },
		},
		{
			name: "no-cycles",
			severity: "error",
			from: {},
			to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
		},
		{
			name: "no-test-code",
			severity: "error",
			from: { pathNot: "^tests/" },
			to: { path: "^tests/" },
		},
	],
	options: {
		doNotFollow: { path: "node_modules" },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: "tsconfig.json" },
		enhancedResolveOptions: { extensions: [".ts", ".js", ".json"] },
	},
};
