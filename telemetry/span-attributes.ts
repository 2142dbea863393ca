import { mirrorStream, type MirrorKey } from '../model/mirror/ids.ts';

/** What a span says of the mirror that it is about. */
export function spanAttributes({ projectId, branchId }: MirrorKey): Record<string, string> {
  return {
    'gitward.stream': mirrorStream({ projectId, branchId }),
    'gitward.project_id': projectId,
    'gitward.branch_id': branchId,
  };
}
