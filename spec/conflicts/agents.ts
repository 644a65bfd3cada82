import type { Conflict } from "./conflict";

/** Contradictions within the agent platform. */
export const agentConflicts: readonly Conflict[] = [
	{
		id: "agent-redis-size",
		rows: ["AG-CORE-1", "AG-CORE-2"],
		question: "How much memory has each of the three Redis nodes?",
		statements: [
			{ document: "Agent platform", says: 'specs: "2 vCPU, 8GB RAM, 50GB SSD" … replicas: 3' },
			{ document: "Agent platform", says: 'service: "redis-cluster" … replicas: 3 … resources: "2 vCPU, 8GB RAM"' },
			{ document: "Agent platform", says: 'nodes: 3 … memory_per_node: "16GB"' },
			{ document: "Agent platform", says: 'memory: "64GB total across 3 nodes"' },
		],
		options: [
			{ id: "16-gb", meaning: "16 GB a node, 48 GB in all." },
			{ id: "8-gb", meaning: "8 GB a node, 24 GB in all." },
			{ id: "64-gb-total", meaning: "64 GB in all, about 21.3 GB a node." },
		],
		chosen: "16-gb",
		reason: "The broker's own section states it; it lies between the other two.",
	},
	{
		id: "agent-redis-mode",
		rows: ["AG-CORE-2", "AG-MSG-1"],
		question: "Redis Cluster of three nodes and Sentinel exclude each other: which makes it available?",
		statements: [
			{ document: "Agent platform", says: 'technology: "Redis Cluster" … nodes: 3' },
			{ document: "Agent platform", says: 'strategy: "Redis Sentinel for HA"' },
		],
		options: [
			{ id: "sentinel", meaning: "One primary and two replicas watched by Sentinel, on the three nodes." },
			{ id: "cluster", meaning: "Redis Cluster of three primaries and three replicas: six nodes." },
		],
		chosen: "sentinel",
		reason: "Three nodes are asked; a cluster of three has no replica to fail over to.",
	},
	{
		id: "agent-postgres-replicas",
		rows: ["AG-CORE-1", "AG-CORE-2"],
		question: "How large are the two Postgres replicas?",
		statements: [
			{ document: "Agent platform", says: 'postgres_replicas: "4 vCPU, 16GB RAM, 500GB SSD x2"' },
			{ document: "Agent platform", says: 'replicas: 1 + 2 read_replicas … resources: "8 vCPU, 32GB RAM"' },
		],
		options: [
			{ id: "4-vcpu-16-gb", meaning: "4 vCPU, 16 GB; a promoted replica is resized." },
			{ id: "8-vcpu-32-gb", meaning: "8 vCPU, 32 GB, as the primary." },
		],
		chosen: "4-vcpu-16-gb",
		reason: "The server list names replicas by themselves; the service list gives one size for all.",
	},
	{
		id: "agent-coordinator",
		rows: ["AG-CORE-2", "AG-CORE-1"],
		question: "Is there one coordinator with a disk, or three without?",
		statements: [
			{
				document: "Agent platform",
				says: 'specs: "4 vCPU, 16GB RAM, 100GB SSD" … role: "Universal agent coordination"',
			},
			{
				document: "Agent platform",
				says: 'service: "ezaigent-coordinator" … replicas: 3 … resources: "4 vCPU, 16GB RAM"',
			},
			{ document: "Agent platform", says: 'servers: "5 nodes (coordinator + 4 workers)"' },
		],
		options: [
			{ id: "three-with-disk", meaning: "Three replicas of 4 vCPU and 16 GB, each with a disk of 100 GB." },
			{ id: "one-with-disk", meaning: "One coordinator with a disk of 100 GB." },
		],
		chosen: "three-with-disk",
		reason: "It is marked critical, so one is too few; the disk is stated once and costs little.",
	},
	{
		id: "agent-worker-bounds",
		rows: ["AG-SCALE-2", "AG-POOL-1", "AG-SCALE-1"],
		question: "Do workers scale between 5 and 50, or between 3 and 100, when 38 are the base and spikes are tenfold?",
		statements: [
			{ document: "Agent platform", says: 'service: "agent-workers" … replicas: "auto-scaling 5-50"' },
			{ document: "Agent platform", says: "min_instances: 3 … max_instances: 100" },
			{ document: "Agent platform", says: "handles_10x_traffic_spikes" },
		],
		options: [
			{ id: "by-layer", meaning: "Each worker pool scales between 5 and 50, the agent services between 3 and 100." },
			{ id: "5-to-50", meaning: "Everything scales between 5 and 50." },
			{ id: "3-to-100", meaning: "Everything scales between 3 and 100." },
		],
		chosen: "by-layer",
		reason: "5 to 50 is stated of the workers, 3 to 100 of instances in general; so both hold.",
	},
	{
		id: "agent-keys",
		rows: ["AG-KEY-1"],
		question: "How many keys has each model provider?",
		statements: [
			{ document: "Agent platform", says: "claude_keys: 20 … openai_keys: 15 … deepseek_keys: 10 … groq_keys: 10" },
			{
				document: "Agent platform",
				says: "get_api_keys('anthropic', count=10) … get_api_keys('openai', count=10) … get_api_keys('deepseek', count=5) … get_api_keys('groq', count=5)",
			},
		],
		options: [
			{ id: "20-15-10-10", meaning: "20 Anthropic, 15 OpenAI, 10 DeepSeek, 10 Groq." },
			{ id: "10-10-5-5", meaning: "10 Anthropic, 10 OpenAI, 5 DeepSeek, 5 Groq." },
		],
		chosen: "20-15-10-10",
		reason: "The section about keys states it; the other figures stand in sample code.",
	},
	{
		id: "agent-balancing",
		rows: ["AG-DISC-1"],
		question: "Least connections and affinity by agent id exclude each other in one rule: which balances?",
		statements: [
			{ document: "Agent platform", says: 'algorithm: "least_connections_with_health_awareness"' },
			{ document: "Agent platform", says: 'session_affinity: "agent_id_based"' },
		],
		options: [
			{
				id: "by-service",
				meaning: "Affinity by agent id to the coordinator, least connections to every other service.",
			},
			{ id: "least-connections", meaning: "Least connections everywhere." },
			{ id: "affinity", meaning: "Affinity by agent id everywhere." },
		],
		chosen: "by-service",
		reason: "Only the coordinator keeps an agent's session; the rule is set by service.",
	},
	{
		id: "mvp-cost",
		rows: ["AG-COST-1"],
		question:
			"The smallest size costs 2,000 to 5,000 USD a month, but model providers alone are 8,700: what does it cover?",
		statements: [
			{ document: "Agent platform", says: 'servers: "5 nodes (coordinator + 4 workers)" … monthly_cost: "$2000-5000"' },
			{
				document: "Agent platform",
				says: "'anthropic_claude': 5000 * scale_factor … 'openai_gpt': 3000 * scale_factor … 'deepseek': 500 * scale_factor … 'groq': 200 * scale_factor",
			},
		],
		options: [
			{
				id: "without-providers",
				meaning: "2,000 to 5,000 USD covers infrastructure and services; model providers have a budget of their own.",
			},
			{ id: "scaled-providers", meaning: "2,000 to 5,000 USD covers everything; provider budgets shrink to fit." },
		],
		chosen: "without-providers",
		reason: "The document's lines without model providers add up to 5,000 USD exactly.",
	},
];
