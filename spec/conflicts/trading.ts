import type { Conflict } from "./conflict";

/** Contradictions within the trading platform. */
export const tradingConflicts: readonly Conflict[] = [
	{
		id: "gpu-memory-areas",
		rows: ["TR-ML-1"],
		question:
			"Areas of 200, 100, 150 and 190 GB use all 640 GB, and two exceed the 160 GB of a pair: where do they lie?",
		statements: [
			{
				document: "Trading platform",
				says: "GPUs per Node: 2x NVIDIA A100 80GB … Total GPUs: 8x A100 (640GB GPU Memory)",
			},
			{
				document: "Trading platform",
				says: "Model Storage: 200GB … Experience Replay Buffer: 100GB … Feature Engineering Cache: 150GB … Research & Development: 190GB",
			},
		],
		options: [
			{
				id: "within-pair",
				meaning: "Each area has a volume of its size; a workload uses at most its pair's 160 GB of GPU memory.",
			},
			{
				id: "host-memory",
				meaning: "The areas lie in the nodes' 1 TB of memory; GPU memory is left to the workloads.",
			},
		],
		chosen: "within-pair",
		reason: "A workload cannot hold memory of another node's GPUs; volumes keep the printed sizes.",
	},
	{
		id: "hot-tier-days",
		rows: ["TR-STO-4", "TR-STO-1"],
		question: "Does hot storage hold 7 or 30 days?",
		statements: [
			{ document: "Trading platform", says: "Hot Data (0-7 days): … Warm Data (7-90 days):" },
			{ document: "Trading platform", says: "Real-time market data (last 30 days)" },
		],
		options: [
			{ id: "7-days", meaning: "Data moves from NVMe to the warm tier after 7 days." },
			{ id: "30-days", meaning: "Market data stays on NVMe for 30 days; the warm tier holds days 30 to 90." },
		],
		chosen: "7-days",
		reason: "The lifecycle section gives every tier its days and access time; the warm tier still answers in 10 ms.",
	},
	{
		id: "clickhouse-online",
		rows: ["TR-STO-4", "TR-STO-2", "TR-STO-5"],
		question:
			"Do ClickHouse nodes hold two years on their disks, or does data older than 90 days lie in object storage?",
		statements: [
			{
				document: "Trading platform",
				says: "Storage per Node: 20TB SSD … Retention: 2 years online, 10 years archived",
			},
			{ document: "Trading platform", says: "Cold Data (90 days - 2 years): … Location: Object storage (on-premises)" },
		],
		options: [
			{
				id: "tiered",
				meaning: "Two years stay queryable; parts older than 90 days lie in the on-premises object store.",
			},
			{
				id: "local-disks",
				meaning: "Two years stay on the nodes' disks; the capacity check decides whether they fit.",
			},
		],
		chosen: "tiered",
		reason: "Online means queryable; two years at 1M records/s are 6.3e13 rows, more than 3 x 20 TB hold.",
	},
	{
		id: "clickhouse-layout",
		rows: ["TR-STO-5", "TR-STO-2"],
		question:
			"Three ClickHouse nodes are one primary with two replicas, twofold replication, and shards: which layout?",
		statements: [
			{ document: "Trading platform", says: "Nodes: 3 nodes (1 primary, 2 replicas)" },
			{ document: "Trading platform", says: "Shard by symbol and time range … Replication factor: 2" },
		],
		options: [
			{ id: "three-shards-ring", meaning: "Three shards, each on two of the three nodes: replication 2." },
			{
				id: "one-shard",
				meaning: "One shard on three nodes: replication 3; symbol and time order and partition the tables.",
			},
		],
		chosen: "three-shards-ring",
		reason: "It keeps three nodes, replication 2 and sharding, and holds half as much again as one shard.",
	},
	{
		id: "latency-budget",
		rows: ["TR-LAT-2", "TR-PERF-1", "TR-PHASE-1"],
		question: "Is the round trip below 25 ms or below 2 ms?",
		statements: [
			{ document: "Trading platform", says: "Order execution: <10ms … Total round-trip: <25ms" },
			{
				document: "Trading platform",
				says: "Exchange to application: <500µs … Application processing: <1ms … Order submission: <200µs … Total round-trip: <2ms",
			},
			{ document: "Trading platform", says: "<50ms end-to-end latency achieved" },
		],
		options: [
			{
				id: "two-objectives",
				meaning:
					"2 ms for the network path and 25 ms for the decision path, each an objective by phase (50 ms in phase 1).",
			},
			{ id: "25-ms", meaning: "One objective of 25 ms." },
			{ id: "2-ms", meaning: "One objective of 2 ms." },
		],
		chosen: "two-objectives",
		reason: "The stages differ: one list measures the network path, the other adds features, inference and execution.",
	},
	{
		id: "decisions-per-second",
		rows: ["TR-KPI-1", "TR-PERF-1"],
		question: "How many trading decisions a second is the platform sized for?",
		statements: [
			{ document: "Trading platform", says: "Handle 10,000+ decisions per second" },
			{ document: "Trading platform", says: "Trading decisions: 1,000/second" },
			{ document: "Trading platform", says: "Decisions per second: >1,000 (Target: >5,000)" },
		],
		options: [
			{ id: "10000-per-second", meaning: "Queues and CPUs are sized for 10,000 decisions/s; alerts stand at 1,000/s." },
			{ id: "5000-per-second", meaning: "Queues and CPUs are sized for 5,000 decisions/s." },
			{ id: "1000-per-second", meaning: "Queues and CPUs are sized for 1,000 decisions/s." },
		],
		chosen: "10000-per-second",
		reason: "The highest figure meets the others, and it equals the 10,000 inferences/s that feed decisions.",
	},
	{
		id: "execution-nodes",
		rows: ["TR-COLO-1", "TR-HFT-1"],
		question: "Two nodes execute trades, but three exchanges have a site each: where do they stand?",
		statements: [
			{ document: "Trading platform", says: "Node 1-2: Real-time trading execution" },
			{
				document: "Trading platform",
				says: "Binance: 10Gbps dedicated fiber … OKX: 10Gbps dedicated fiber … Bybit: 10Gbps dedicated fiber",
			},
		],
		options: [
			{
				id: "central",
				meaning: "Both execution nodes stand in the primary data centre; sites hold feed handlers and circuits.",
			},
			{ id: "node-per-site", meaning: "A third execution node is added, so that each exchange's site has one." },
		],
		chosen: "central",
		reason: "Six trading nodes are asked in all; a third execution node is neither listed nor priced.",
	},
];
