import { z } from "zod";
import { count, slug, text } from "../fields";

/** Nodes at the start, at least and at most. */
const nodeCounts = z.strictObject({
	/** Nodes at the start. */
	wanted: count(1, 1_000, "nodes"),
	/** Fewest nodes that autoscalers may leave. */
	min: count(1, 1_000, "nodes"),
	/** Most nodes that autoscalers may make. */
	max: count(1, 1_000, "nodes"),
});

/** A module of the model: a pool in each region, a queue, a share of the traffic, and the class of data that it may see. */
const inferenceModule = z.strictObject({
	/** Part of its pools' names: 1 to 12 of a-z and 0-9, as Azure's scale sets want them. */
	name: slug(12).regex(/^[a-z0-9]*$/, "must be 1 to 12 of a-z and 0-9, beginning with a letter"),
	/** Nodes that the source document gives it in a region: the pools keep the ratio of these. */
	nodes: count(1, 450, "nodes"),
	/** Name of its queue in each cluster. */
	queue: slug(63),
	/** Percent of the traffic that is split by weight; 0 for a module that requests reach by their content. */
	routeWeight: count(0, 100, "percent"),
	/** The most sensitive class of data that its pods may see. */
	dataClass: z.enum(["public", "internal", "customer", "health"]),
	/** A switch for a module that is not always made. */
	enabled: z.boolean().default(true),
});

/** What is asked of an inference node; where a cloud has less, `substitutes` must say what is given instead. */
const askedNode = z.strictObject({
	/** Model of the GPU as the catalogue names it. */
	gpu: z.string().default("h100"),
	/** GPUs a node. */
	gpus: count(1, 16, "GPUs").default(8),
	/** Memory of one GPU, GiB. */
	gpuMemoryGib: count(1, 1_024, "GiB").default(80),
	/** Memory of the node in TB (10^12 bytes). */
	memoryTb: z.number().positive().default(2),
	/** Local NVMe of the node in TB (10^12 bytes). */
	nvmeTb: z.number().min(0).default(64),
	/** Bandwidth of the fabric, Gbit/s. */
	fabricGbps: count(1, 10_000, "Gbit/s").default(800),
});

/** What of an inference node may fall short of what is asked. */
export const traits = ["gpu", "memory", "nvme", "fabric", "rdma", "infiniband"] as const;

export type Trait = (typeof traits)[number];

/** The platform's choice where a cloud does not offer what is asked of a node. */
const substitute = z.strictObject({
	/** What falls short. */
	trait: z.enum(traits),
	/** Where: a cloud, as `aws`, or one region of it, as `aws-eu-west-1`. */
	where: text(/^(aws|gcp|azure)(-[a-z0-9-]+)?$/, "a cloud or the cell of a region, such as gcp or aws-eu-west-1"),
	/** What is given instead. */
	given: z.string().min(3, "must say what is given instead"),
	/** What changes for those who use it. */
	effect: z.string().min(10, "must say what changes for those who use it"),
});

/** The inference estate: how large each cluster is, and which modules share it. */
export const inferenceSettings = z.strictObject({
	/** GPU and system nodes of one cluster together. */
	nodes: nodeCounts,
	/** Of these the system nodes, which carry everything that is no model. */
	system: nodeCounts,
	/** GPUs of one model replica: tensor parallel x pipeline parallel, in whole nodes. */
	replica: z
		.strictObject({
			tensorParallel: count(1, 64, "GPUs").default(8),
			pipelineParallel: count(1, 64, "stages").default(4),
		})
		.prefault({}),
	/** Percent of a cluster's nodes that serve, where conflict nodes-per-region is settled as serving-share. */
	servingShare: count(1, 100, "percent").default(60),
	asked: askedNode.prefault({}),
	modules: z.array(inferenceModule).min(1, "must name at least one module"),
	substitutes: z.array(substitute).default([]),
});

export type Inference = z.output<typeof inferenceSettings>;
export type InferenceModule = Inference["modules"][number];
export type Substitute = Inference["substitutes"][number];
