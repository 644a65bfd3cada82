import type { Cloud } from "../lib/cells";
import { instanceType } from "./aws/instance-types";
import { awsRegions } from "./aws/regions";
import { azureRegions } from "./azure/regions";
import { vmSize } from "./azure/vm-sizes";
import { machineType } from "./gcp/machine-types";
import { gcpRegions } from "./gcp/regions";
import type { Machine, RegionFacts } from "./machine";

/** What the catalogue knows of a cloud, in the same form for all. */
export interface CloudFacts {
	/** Its name in messages. */
	readonly title: string;
	readonly regions: { readonly [region: string]: RegionFacts };
	/** The machine of a name; undefined where the catalogue does not have it. */
	readonly machine: (name: string) => Machine | undefined;
	/** Files of the two tables, for messages. */
	readonly files: { readonly regions: string; readonly machines: string };
}

/** The facts of each cloud. */
export const cloudFacts: { readonly [cloud in Cloud]: CloudFacts } = {
	aws: {
		title: "AWS",
		regions: awsRegions,
		machine: instanceType,
		files: { regions: "catalogue/aws/regions.ts", machines: "catalogue/aws/instance-types.ts" },
	},
	gcp: {
		title: "Google Cloud",
		regions: gcpRegions,
		machine: machineType,
		files: { regions: "catalogue/gcp/regions.ts", machines: "catalogue/gcp/machine-types.ts" },
	},
	azure: {
		title: "Azure",
		regions: azureRegions,
		machine: vmSize,
		files: { regions: "catalogue/azure/regions.ts", machines: "catalogue/azure/vm-sizes.ts" },
	},
};
