import * as provider from "@pulumi/pulumi/proto/provider_pb";
import type { Difference } from "./calls";

/** What a change means for a resource, as the engine's message. */
export function difference({ changes, deleteBeforeReplace }: Difference): provider.DiffResponse {
	const { DiffChanges } = provider.DiffResponse;
	const response = new provider.DiffResponse();
	const replacing = changes.filter((change) => change.replaces);
	response.setChanges(changes.length > 0 ? DiffChanges.DIFF_SOME : DiffChanges.DIFF_NONE);
	response.setDiffsList([...new Set(changes.map((change) => topLevel(change.path)))]);
	response.setReplacesList([...new Set(replacing.map((change) => topLevel(change.path)))]);
	response.setDeletebeforereplace(replacing.length > 0 && deleteBeforeReplace);
	response.setHasdetaileddiff(true);
	for (const change of changes) {
		const detail = new provider.PropertyDiff();
		detail.setKind(kinds[change.kind][change.replaces ? 1 : 0]);
		detail.setInputdiff(true);
		response.getDetaileddiffMap().set(change.path, detail);
	}
	return response;
}

const { Kind } = provider.PropertyDiff;
const kinds = {
	add: [Kind.ADD, Kind.ADD_REPLACE],
	delete: [Kind.DELETE, Kind.DELETE_REPLACE],
	update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
} as const;

function topLevel(path: string): string {
	return path.split(/[.[]/)[0] ?? path;
}
