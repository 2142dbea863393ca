import { mirrorStream, type MirrorKey } from '../../model/mirror/ids.ts';

/** What a span says of the mirror that it is about. */
export function spanAttributes(key: MirrorKey): Record<string, string> {
  return {
    'gitward.stream': mirrorStream(key),
    'gitward.project_id': key.projectId,
    'gitward.branch_id': key.branchId,
  };
}
