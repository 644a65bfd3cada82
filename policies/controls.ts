import type { Control } from "../lib/findings";

/** The mapping files, at commit 3e000faa of prowler; they map Prowler's runtime checks, so each edge awaits review. */
const SOURCES = {
	soc2: { framework: "SOC 2", file: "aws/soc2_aws.json" },
	iso27001: { framework: "ISO 27001:2022", file: "aws/iso27001_2022_aws.json" },
	isoKubernetes: { framework: "ISO 27001:2022", file: "kubernetes/iso27001_2022_kubernetes.json" },
	hipaa: { framework: "HIPAA", file: "aws/hipaa_aws.json" },
	gdpr: { framework: "GDPR", file: "aws/gdpr_aws.json" },
	nist: { framework: "NIST 800-53r5", file: "aws/nist_800_53_revision_5_aws.json" },
	ccm: { framework: "CSA CCM 4.0", file: "csa_ccm_4.0.json" },
	cis: { framework: "CIS Controls 8.1", file: "cis_controls_8.1.json" },
	soc2Azure: { framework: "SOC 2", file: "azure/soc2_azure.json" },
	isoAzure: { framework: "ISO 27001:2022", file: "azure/iso27001_2022_azure.json" },
	hipaaAzure: { framework: "HIPAA", file: "azure/hipaa_azure.json" },
	soc2Gcp: { framework: "SOC 2", file: "gcp/soc2_gcp.json" },
	isoGcp: { framework: "ISO 27001:2022", file: "gcp/iso27001_2022_gcp.json" },
	hipaaGcp: { framework: "HIPAA", file: "gcp/hipaa_gcp.json" },
	cisKubernetes: { framework: "CIS Kubernetes 2.0.1", file: "kubernetes/cis_2.0.1_kubernetes.json" },
} as const;

/** Requirement ids by the mapping file that gives them. */
export type ControlIds = { readonly [source in keyof typeof SOURCES]?: readonly string[] };

/** The edges from a rule to the frameworks' requirements, each with its source, none reviewed yet. */
export function controlsOf(ids: ControlIds): Control[] {
	return Object.entries(SOURCES).flatMap(([key, { framework, file }]) =>
		idsOf(ids, key).map((id) => ({
			framework,
			id,
			source: `prowler@3e000faa prowler/compliance/${file}`,
			reviewed: false,
		})),
	);
}

function idsOf(ids: ControlIds, key: string): readonly string[] {
	return Object.entries(ids).find(([source]) => source === key)?.[1] ?? [];
}
