import type { Conflict } from "./conflict";

/** Contradictions across the documents: privacy, identity, availability, recovery, tools. */
export const platformConflicts: readonly Conflict[] = [
	{
		id: "user-input-retention",
		rows: ["XX-PRIV-2", "SV-PRIV-1"],
		question: "Is user input never stored, or stored as long as the user sets?",
		statements: [
			{ document: "Serving path", says: "No persistent storage of user inputs" },
			{ document: "Serving path", says: "User-controlled data retention policies" },
			{ document: "Frontier infrastructure", says: 'data_retention: "Customer-defined policies"' },
		],
		options: [
			{
				id: "opt-in",
				meaning:
					"Nothing is stored unless the user asks; what is, lies outside the serving path with the user's retention.",
			},
			{ id: "never", meaning: "Nothing is stored; there is no retention setting." },
		],
		chosen: "opt-in",
		reason: "It keeps the serving path free of user input and gives the asked setting its meaning.",
	},
	{
		id: "request-logging",
		rows: ["XX-PRIV-2", "AG-GW-1"],
		question: "Requests and responses are to be logged, but user input must not persist: what does a log hold?",
		statements: [
			{ document: "Serving path", says: "No persistent storage of user inputs" },
			{ document: "Agent platform", says: 'logging: "request_response_logging"' },
			{ document: "Frontier infrastructure", says: 'audit_logging: "Comprehensive access logs"' },
		],
		options: [
			{ id: "without-bodies", meaning: "Logs hold ids, sizes, times and status; never a body." },
			{
				id: "agents-with-bodies",
				meaning: "Serving logs hold no bodies; the agent gateway logs bodies with a retention.",
			},
		],
		chosen: "without-bodies",
		reason: "The stricter rule protects users; the fields left suffice to operate and bill.",
	},
	{
		id: "response-cache",
		rows: ["XX-PRIV-2", "FR-CACHE-1"],
		question:
			"Responses are cached by input hash for up to 24 hours, but user input must not persist: what may a cache hold?",
		statements: [
			{ document: "Serving path", says: "No persistent storage of user inputs" },
			{
				document: "Frontier infrastructure",
				says: 'ttl: "1 hour for dynamic content" … static_content: "24 hours" … model_responses: "Cache based on input hash"',
			},
			{ document: "Agent platform", says: 'caching: "response_caching"' },
		],
		options: [
			{
				id: "memory-per-tenant",
				meaning: "Responses are cached in memory only, keyed by tenant and input hash, up to their TTL.",
			},
			{ id: "no-cache", meaning: "Model responses are not cached; static content is." },
		],
		chosen: "memory-per-tenant",
		reason: "Memory with a TTL is not persistent storage, and the key keeps tenants apart.",
	},
	{
		id: "audit-erasure",
		rows: ["XX-PRIV-2", "AG-AUD-1", "FR-COMP-2"],
		question: "The audit log is immutable for 7 years, but a person may be forgotten: how are both kept?",
		statements: [
			{ document: "Agent platform", says: 'storage: "immutable_log_store" … retention: "7_years"' },
			{ document: "Frontier infrastructure", says: 'data_deletion: "Right to be forgotten support"' },
		],
		options: [
			{
				id: "destroy-keys",
				meaning: "The audit log holds ids and fields under a key of the person, and erasure destroys the key.",
			},
			{ id: "audit-exempt", meaning: "The audit log is exempt from erasure for its 7 years." },
		],
		chosen: "destroy-keys",
		reason: "Records stay immutable, and what they say of a person becomes unreadable.",
	},
	{
		id: "identity-source",
		rows: ["OP-SEC-1", "FR-SEC-2", "TR-SEC-2", "AG-SEC-1"],
		question: "Which identity source is the first: Active Directory or LDAP, SAML, or Google Workspace?",
		statements: [
			{ document: "On-premises GitOps", says: "Integration with Active Directory/LDAP for centralized authentication" },
			{ document: "Trading platform", says: "Active Directory integration" },
			{ document: "Frontier infrastructure", says: 'authentication: "OAuth 2.0 + SAML"' },
			{ document: "Agent platform", says: 'method: "OIDC with MFA" … providers: ["Google Workspace", "Auth0"]' },
		],
		options: [
			{
				id: "broker",
				meaning: "One broker issues OIDC tokens; the directory, SAML and Workspace are its sources by system.",
			},
			{ id: "directory", meaning: "Active Directory or LDAP alone." },
			{ id: "workspace", meaning: "Google Workspace alone." },
		],
		chosen: "broker",
		reason: "Every document keeps its source, and clusters and gateways trust one issuer.",
	},
	{
		id: "environment-separation",
		rows: ["OP-SEC-1", "AG-CICD-1", "AG-DEV-1"],
		question: "Are environments namespaces of one cluster, or clusters of their own?",
		statements: [
			{ document: "On-premises GitOps", says: "Separate namespaces for dev/staging/prod with strict RBAC boundaries" },
			{ document: "Agent platform", says: 'staging: "full_environment_replica"' },
			{ document: "Agent platform", says: 'environment: "kubernetes_dev_cluster"' },
		],
		options: [
			{ id: "by-site", meaning: "A namespace for each environment on premises, clusters of their own in the clouds." },
			{ id: "clusters", meaning: "Clusters of their own everywhere." },
			{ id: "namespaces", meaning: "A namespace for each environment everywhere." },
		],
		chosen: "by-site",
		reason: "The on-premises machines are few and fixed; in the clouds a cluster is the smaller blast radius.",
	},
	{
		id: "terraform-or-pulumi",
		rows: ["XX-IAC-1"],
		question: "The documents name Terraform, but this program is written with Pulumi: what holds the infrastructure?",
		statements: [
			{ document: "Trading platform", says: "Terraform for infrastructure as code" },
			{ document: "Agent platform", says: 'tool: "Terraform + Ansible" … state_management: "remote_state_storage"' },
			{ document: "On-premises GitOps", says: "Shared IaC modules ensuring identical infrastructure configurations" },
		],
		options: [
			{ id: "pulumi", meaning: "Everything is provisioned by this program; its components are the shared modules." },
			{
				id: "terraform-beside",
				meaning: "What Terraform already holds stays there; this program only reads its ids from the specification.",
			},
		],
		chosen: "pulumi",
		reason: "One language, one state and one plan; remote state and shared modules are given all the same.",
	},
	{
		id: "series-availability",
		rows: ["XX-SLO-1", "TR-PERF-2"],
		question: "99.99, 99.9 and 99.95 % in series give 99.84 %, but 99.95 % is asked of the whole: which gives way?",
		statements: [
			{ document: "Trading platform", says: "Overall system: 99.95% (4.38 hours/year)" },
			{
				document: "Trading platform",
				says: "Trading engine: 99.99% (52.6 minutes/year) … Data ingestion: 99.9% (8.77 hours/year) … Model inference: 99.95% (4.38 hours/year)",
			},
		],
		options: [
			{ id: "redundant-parts", meaning: "99.95 % holds: ingestion and inference run twice, independently." },
			{ id: "lower-whole", meaning: "The parts hold as stated; the objective of the whole is 99.84 %." },
		],
		chosen: "redundant-parts",
		reason: "The figure of the whole is what users see; ingestion and inference can be doubled.",
	},
	{
		id: "recovery-vs-downtime",
		rows: ["XX-SLO-1", "TR-PERF-2"],
		question: "A disaster recovery of up to one hour alone breaks 52.6 minutes a year: which gives way?",
		statements: [
			{ document: "Trading platform", says: "Disaster recovery: <1 hour" },
			{ document: "Trading platform", says: "Trading engine: 99.99% (52.6 minutes/year)" },
		],
		options: [
			{ id: "faster-recovery", meaning: "The trading engine's recovery time is held within its yearly downtime." },
			{ id: "disasters-apart", meaning: "Disasters are counted apart from the availability objective." },
		],
		chosen: "faster-recovery",
		reason: "The standby is hot, so minutes can be met, and the objective stays honest.",
	},
	{
		id: "detection-vs-switch",
		rows: ["XX-SLO-1", "AG-DISC-1", "AG-MSG-1"],
		question:
			"Three failed checks 30 seconds apart take 90 seconds, but the broker is to switch within 30: who detects?",
		statements: [
			{
				document: "Agent platform",
				says: 'frequency: "every_30_seconds" … unhealthy_threshold: "3_consecutive_failures"',
			},
			{ document: "Agent platform", says: 'switch_time: "<30_seconds"' },
			{ document: "Trading platform", says: "Critical failures: <30 seconds" },
		],
		options: [
			{
				id: "own-detection",
				meaning:
					"Brokers and critical services detect failures by faster checks of their own; discovery keeps 30 s x 3.",
			},
			{ id: "faster-checks", meaning: "All checks run often enough for three failures within 30 seconds." },
		],
		chosen: "own-detection",
		reason: "Both printed figures stay; only what must switch fast is checked often.",
	},
	{
		id: "backup-vs-rpo",
		rows: ["XX-SLO-1", "AG-BAK-1", "SV-DR-1", "OP-DR-1"],
		question:
			"At most one hour may be lost, but files are backed up daily and databases every 6 hours: what closes the gap?",
		statements: [
			{ document: "Serving path", says: "**Recovery Point Objective**: < 1 hour" },
			{ document: "On-premises GitOps", says: "Recovery Point Objective of 1 hour" },
			{
				document: "Agent platform",
				says: 'database_backups: "every_6_hours + continuous_wal" … file_backups: "daily_incremental + weekly_full"',
			},
		],
		options: [
			{
				id: "rpo-by-system",
				meaning:
					"Each system has a recovery point of its own: serving and on-premises 1 h, agent files 24 h, agent databases by their log.",
			},
			{ id: "one-hour", meaning: "Every backup interval is at most one hour." },
		],
		chosen: "rpo-by-system",
		reason: "The documents rule different systems, so each keeps its schedule, and interval <= recovery point holds.",
	},
	{
		id: "trading-rpo",
		rows: ["XX-SLO-1", "TR-STO-3"],
		question: "The trading document states recovery times but no recovery point: which holds?",
		statements: [
			{ document: "Trading platform", says: "Recovery Time Objectives (RTO): … Disaster recovery: <1 hour" },
			{
				document: "Trading platform",
				says: "Continuous: Trading data and model weights … Hourly: System configurations",
			},
			{ document: "On-premises GitOps", says: "Recovery Point Objective of 1 hour" },
		],
		options: [
			{
				id: "from-schedule",
				meaning:
					"The backup schedule decides: trading data and weights are copied continuously, configurations lose 1 h at most.",
			},
			{ id: "one-hour", meaning: "One hour for everything, as on premises." },
		],
		chosen: "from-schedule",
		reason: "The schedule is the document's own statement of what may be lost.",
	},
];
