import type { RegionFacts } from "../machine";

/** Zones by their last letter. */
function zonesOf(region: string, letters: string): string[] {
	return [...letters].map((letter) => `${region}-${letter}`);
}

/** A region with its zones, and the letters of those that offer each type. */
function region(name: string, letters: string, offers: { readonly [type: string]: string }): RegionFacts {
	return {
		zones: zonesOf(name, letters),
		offers: Object.fromEntries(Object.entries(offers).map(([type, at]) => [type, zonesOf(name, at)])),
	};
}

/**
 * Zones and accelerated types of the regions in use. Source: zones from Google Cloud "Regions and zones"; offers from
 * the price catalogue of skypilot-org/skypilot-catalog (catalogs/v8/gcp/vms.csv at commit 006059e0), which is made from
 * Google's own API, read 2026-11-21; TPUs (ct6e) from Cloud TPU, "TPU regions and zones", read 2026-11-28. Not verified against a project: `gcloud compute machine-types list` confirms them.
 */
export const gcpRegions: { readonly [region: string]: RegionFacts } = {
	"us-central1": region("us-central1", "abcf", {
		"a2-highgpu-8g": "abcf",
		"a2-ultragpu-8g": "ac",
		"a3-highgpu-8g": "abc",
		"a3-megagpu-8g": "abc",
		"a3-ultragpu-8g": "b",
		"a4-highgpu-8g": "b",
		"ct6e-standard-4t": "b",
	}),
	"us-east4": region("us-east4", "abc", {
		"a2-ultragpu-8g": "c",
		"a3-highgpu-8g": "abc",
		"a3-megagpu-8g": "abc",
		"a3-ultragpu-8g": "b",
		"a4-highgpu-8g": "b",
	}),
	"us-west1": region("us-west1", "abc", {
		"a2-highgpu-8g": "b",
		"a3-highgpu-8g": "ab",
		"a3-megagpu-8g": "ab",
		"a3-ultragpu-8g": "c",
	}),
	"europe-west1": region("europe-west1", "bcd", {
		"a3-highgpu-8g": "bc",
		"a3-megagpu-8g": "bc",
		"a3-ultragpu-8g": "b",
	}),
	"europe-west4": region("europe-west4", "abc", {
		"a2-highgpu-8g": "ab",
		"a2-ultragpu-8g": "a",
		"a3-highgpu-8g": "bc",
		"a3-megagpu-8g": "bc",
		"a3-ultragpu-8g": "a",
		"a4-highgpu-8g": "b",
		"ct6e-standard-4t": "a",
	}),
	"asia-northeast1": region("asia-northeast1", "abc", {
		"a2-highgpu-8g": "ac",
		"a3-highgpu-8g": "b",
		"a3-megagpu-8g": "b",
		"a4-highgpu-8g": "b",
	}),
	"asia-east1": region("asia-east1", "abc", { "a3-highgpu-8g": "c" }),
	"asia-south1": region("asia-south1", "abc", { "a3-highgpu-8g": "c" }),
	"australia-southeast1": region("australia-southeast1", "abc", { "a3-highgpu-8g": "c" }),
	"europe-north1": region("europe-north1", "abc", { "a3-highgpu-8g": "c" }),
	"europe-west3": region("europe-west3", "abc", { "a3-highgpu-8g": "c" }),
	"europe-west9": region("europe-west9", "abc", { "a3-highgpu-8g": "c" }),
	"us-east5": region("us-east5", "abc", { "a2-ultragpu-8g": "ab", "a3-highgpu-8g": "a" }),
	"us-west4": region("us-west4", "abc", { "a2-highgpu-8g": "b", "a3-highgpu-8g": "a" }),
	"asia-southeast1": region("asia-southeast1", "abc", {
		"a2-highgpu-8g": "abc",
		"a2-ultragpu-8g": "c",
		"a3-highgpu-8g": "bc",
		"a3-megagpu-8g": "bc",
		"a4-highgpu-8g": "b",
	}),
};
