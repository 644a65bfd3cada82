import type { Properties, Value } from "../lib/values";

/** Answers to provider functions, the same for a blueprint and in the sandbox; none of them decides structure. */
const answers: { readonly [token: string]: (args: Properties) => Properties } = {
	"aws:index/getPartition:getPartition": () => ({
		id: "aws",
		partition: "aws",
		dnsSuffix: "amazonaws.com",
		reverseDnsPrefix: "com.amazonaws",
	}),
	"aws:index/getRegion:getRegion": (args) => regionAnswer(args.region ?? args.name ?? "us-east-1"),
};

function regionAnswer(region: Value): Properties {
	return { id: region, region, name: region, endpoint: `ec2.${region}.amazonaws.com`, description: region };
}

/** The answer of a provider function. Throws, with the way to add one, where the table has none. */
export function answerInvoke(token: string, args: Properties): Properties {
	const answer = Object.hasOwn(answers, token) ? answers[token] : undefined;
	if (answer === undefined) {
		throw new Error(`the function ${token} has no answer here: add one to catalogue/invokes.ts, with its source`);
	}
	return answer(args);
}
