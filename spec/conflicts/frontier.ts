import type { Conflict } from "./conflict";

/** Contradictions about training, inference, edge and their data. */
export const frontierConflicts: readonly Conflict[] = [
	{
		id: "training-exaflops",
		rows: ["FR-TRAIN-3"],
		question:
			"2.9 ExaFLOPS is neither the dense BF16 nor the dense FP8 peak of 2,048 H200: which figure sizes training?",
		statements: [
			{ document: "Frontier infrastructure", says: 'hardware_type: "NVIDIA H200 SXM" … total_gpus: 2048' },
			{ document: "Frontier infrastructure", says: "total_compute: 2.9 ExaFLOPs" },
		],
		options: [
			{
				id: "gpu-count",
				meaning: "2,048 GPUs are provisioned; FLOPS are computed from them with the precision stated.",
			},
			{ id: "dense-bf16", meaning: "As many H200 as give 2.9 ExaFLOPS at dense BF16 are provisioned." },
		],
		chosen: "gpu-count",
		reason: "GPUs are what is bought and reserved; the figure of ExaFLOPS names no precision.",
	},
	{
		id: "nodes-per-region",
		rows: ["FR-INF-1", "FR-INF-2", "FR-INF-4"],
		question: "A region has 208 nodes by its pools, 128 by its cluster, 77 by the serving share of 60 %: which holds?",
		statements: [
			{
				document: "Frontier infrastructure",
				says: "foundation_model_nodes: 64 … business_module_nodes: 32 … development_module_nodes: 48 … creative_module_nodes: 40 … multimodal_nodes: 24",
			},
			{ document: "Frontier infrastructure", says: "total_nodes: 1536 … nodes_per_cluster: 128" },
			{ document: "Frontier infrastructure", says: "model_serving: 60%" },
		],
		options: [
			{
				id: "cluster-total",
				meaning:
					"128 nodes a cluster, system nodes included; pools keep their ratio in whole replica groups of 4 nodes.",
			},
			{ id: "pool-sum", meaning: "208 GPU nodes a cluster as the pools say; the total of 1,536 nodes is exceeded." },
			{
				id: "serving-share",
				meaning: "At most 77 of 128 nodes serve; pools keep their ratio in whole replica groups.",
			},
		],
		chosen: "cluster-total",
		reason: "128 nodes in 12 clusters is the only figure that agrees with the stated total of 1,536.",
	},
	{
		id: "gpu-threshold",
		rows: ["FR-K8S-2", "FR-SCALE-1"],
		question: "Do workloads scale up at 70 % or at 75 % GPU utilisation?",
		statements: [
			{
				document: "Frontier infrastructure",
				says: 'metrics: ["GPU utilization", "Queue depth", "Response latency"] … scale_up_threshold: 70%',
			},
			{ document: "Frontier infrastructure", says: "gpu_utilization: 75%" },
		],
		options: [
			{ id: "70-percent", meaning: "Every GPU scaler scales up at 70 %." },
			{ id: "75-percent", meaning: "Every GPU scaler scales up at 75 %." },
		],
		chosen: "70-percent",
		reason: "A GPU node takes minutes to serve, so the earlier threshold protects latency; down at 30 % belongs to it.",
	},
	{
		id: "cache-size",
		rows: ["FR-DATA-3", "FR-CACHE-1"],
		question: "Is the cache 50 TB of Redis, or 12 regions of 1 TB and 10 TB in common (22 TB)?",
		statements: [
			{ document: "Frontier infrastructure", says: 'cache_layer: "50TB Redis Cluster"' },
			{
				document: "Frontier infrastructure",
				says: 'l2_cache: "Redis cluster per region (1TB)" … l3_cache: "Global distributed cache (10TB)" … regions: 12',
			},
		],
		options: [
			{ id: "50-tb-in-all", meaning: "12 TB in the regions, 10 TB in common, 28 TB for the data cells: 50 TB in all." },
			{ id: "layers-only", meaning: "12 TB in the regions and 10 TB in common: 22 TB." },
			{ id: "50-tb-apart", meaning: "50 TB for the data cells beside the layers of 22 TB: 72 TB." },
		],
		chosen: "50-tb-in-all",
		reason: "It keeps every printed figure: the layers at their sizes and 50 TB as the sum.",
	},
	{
		id: "artifact-cdn",
		rows: ["FR-DATA-3", "FR-CLOUD-2", "AG-EXT-1"],
		question: "Which content network delivers model artifacts?",
		statements: [
			{ document: "Frontier infrastructure", says: 'model_artifacts: "10TB on S3 + CloudFront CDN"' },
			{ document: "Frontier infrastructure", says: 'edge_providers: ["Cloudflare", "Fastly"]' },
			{ document: "Agent platform", says: 'cdn: "CloudFlare"' },
		],
		options: [
			{
				id: "cloudfront",
				meaning: "CloudFront for artifacts, with a private S3 origin; Cloudflare and Fastly for user traffic.",
			},
			{ id: "edge-providers", meaning: "Cloudflare and Fastly for artifacts and for user traffic." },
		],
		chosen: "cloudfront",
		reason: "The artifact line names CloudFront; it reads a private S3 origin without a shared secret.",
	},
	{
		id: "stream-retention",
		rows: ["FR-DATA-1", "FR-DATA-4"],
		question:
			"10 GB/s for 30 days is 25.9 PB, but 500 TB of active data and 100 TB of training data are planned: what gives?",
		statements: [
			{ document: "Frontier infrastructure", says: 'throughput: "10GB/second" … retention: "30 days"' },
			{ document: "Frontier infrastructure", says: 'active_data: "500TB on S3 Standard"' },
			{ document: "Frontier infrastructure", says: 'training_data: "100TB on S3 Glacier Deep Archive"' },
		],
		options: [
			{ id: "tiered", meaning: "The stream has a 30-day object tier of 25.9 PB of its own, counted and priced apart." },
			{ id: "cut-retention", meaning: "The stream keeps what 500 TB holds: about 14 hours at 10 GB/s." },
			{ id: "cut-throughput", meaning: "30 days are kept at the rate that 500 TB allows: about 0.19 GB/s." },
		],
		chosen: "tiered",
		reason: "It loses no data and keeps both printed figures; the plan shows its cost.",
	},
	{
		id: "routing-order",
		rows: ["FR-LB-1", "AG-GEO-1"],
		question: "Does latency or geography decide first where a request goes?",
		statements: [
			{
				document: "Frontier infrastructure",
				says: 'primary: "Latency-based routing" … fallback: "Geographic proximity"',
			},
			{
				document: "Agent platform",
				says: 'dns: "geolocation_based_routing" … latency_optimization: "closest_region_selection"',
			},
		],
		options: [
			{
				id: "by-system",
				meaning: "Inference names go by latency, then geography; agent names by geography. Both need healthy targets.",
			},
			{ id: "latency-first", meaning: "All names go by latency, then geography." },
			{ id: "geolocation-first", meaning: "All names go by geography." },
		],
		chosen: "by-system",
		reason: "The two documents rule different host names, so both hold.",
	},
	{
		id: "healthcare-module",
		rows: ["FR-MOD-1", "FR-COMP-1"],
		question: "HIPAA is asked for a healthcare module that has no pool, GPUs or traffic: does it exist?",
		statements: [
			{ document: "Frontier infrastructure", says: "HIPAA compliance (healthcare module)" },
			{
				document: "Frontier infrastructure",
				says: "foundation_model: 40% … business_module: 20% … development_module: 25% … creative_module: 15%",
			},
		],
		options: [
			{
				id: "switch",
				meaning: "A setting makes a healthcare cell with its own pool, queue and route; HIPAA rules bind to it.",
			},
			{ id: "always", meaning: "The healthcare cell is always made; the other modules' shares shrink." },
			{ id: "none", meaning: "There is no healthcare module; HIPAA rules bind to nothing." },
		],
		chosen: "switch",
		reason: "No figure sizes it, so it cannot be made unasked; the rules must be ready when it is.",
	},
	{
		id: "multimodal-traffic",
		rows: ["FR-MOD-1", "FR-INF-2", "FR-LB-2"],
		question: "Multimodal has 24 nodes a region, but the traffic split adds to 100 % without it: what does it serve?",
		statements: [
			{ document: "Frontier infrastructure", says: "multimodal_nodes: 24" },
			{
				document: "Frontier infrastructure",
				says: "foundation_model: 40% … business_module: 20% … development_module: 25% … creative_module: 15%",
			},
		],
		options: [
			{
				id: "by-content",
				meaning: "Requests with images, sound or video take its own route; the split covers the others.",
			},
			{ id: "share-by-nodes", meaning: "It takes the share of its nodes, 24 of 208; the others shrink in proportion." },
		],
		chosen: "by-content",
		reason: "It keeps the printed split and gives the pool the requests that it is made for.",
	},
	{
		id: "rtx-6000-ada",
		rows: ["FR-HW-2", "FR-EDGE-1"],
		question:
			"500 edge nodes want RTX 6000 Ada, but neither the clouds nor the content networks rent it: what runs there?",
		statements: [
			{ document: "Frontier infrastructure", says: 'edge_nodes: 500 … gpu_type: "NVIDIA RTX 6000 Ada"' },
			{ document: "Frontier infrastructure", says: 'geographic_distribution: "Global CDN integration"' },
			{ document: "Frontier infrastructure", says: 'primary_cloud: "AWS" … edge_providers: ["Cloudflare", "Fastly"]' },
		],
		options: [
			{
				id: "own-machines",
				meaning: "Own machines with RTX 6000 Ada at named sites join the edge clusters, behind the content networks.",
			},
			{
				id: "cloud-substitute",
				meaning: "The nearest GPU that a cloud rents near each site; the deviation table names type and effect.",
			},
		],
		chosen: "own-machines",
		reason: "Only own machines give the GPU that is asked, at sites of the platform's choice.",
	},
	{
		id: "rtx-4090",
		rows: ["FR-HW-2", "TR-MON-1", "AG-LLM-1"],
		question: "Trading monitoring and Ollama want RTX 4090, which none of the three clouds rents: what runs there?",
		statements: [
			{ document: "Trading platform", says: "GPU: 1x NVIDIA RTX 4090 (for ML monitoring)" },
			{ document: "Agent platform", says: "'hardware_requirements': '2x RTX 4090 per node'" },
			{ document: "Frontier infrastructure", says: 'cloud_strategy: "Multi-cloud with primary-secondary setup"' },
		],
		options: [
			{
				id: "cloud-substitute",
				meaning: "A data-centre GPU with at least 24 GB; the deviation table names type and effect.",
			},
			{ id: "own-machines", meaning: "Own machines with RTX 4090 on premises." },
		],
		chosen: "cloud-substitute",
		reason: "Monitoring and local models need the memory, not the card.",
	},
];
