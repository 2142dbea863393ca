import type { StreamId } from '../streams/ids.ts';

/** Names a mirror: the project's id and the branch's id (never the word `default`). */
export interface MirrorKey {
  projectId: string;
  branchId: string;
}

/** The stream, and the workflow id, of a mirror. */
export function mirrorStream({ projectId, branchId }: MirrorKey): `mirror/${string}/${string}` {
  return `mirror/${projectId}/${branchId}`;
}

/** The mirror that a stream belongs to; `null` if the stream is not a mirror's. */
export function mirrorOfStream(stream: StreamId): MirrorKey | null {
  const [kind, projectId, branchId, ...rest] = stream.split('/');
  if (kind !== 'mirror' || !projectId || !branchId || rest.length > 0) return null;
  return { projectId, branchId };
}

/** The workflow id of a project's catch-up, and the id of the Schedule that starts it. */
export function catchUpWorkflowId(projectId: string): string {
  return `catch-up/${projectId}`;
}

/** The workflow id of a run that only looks for a project's new development branches. */
export function linkBranchesWorkflowId(projectId: string): string {
  return `link-branches/${projectId}`;
}

/** The workflow id of a verification of one mirror, or of a project (then also the id of its daily Schedule). */
export function verifyWorkflowId(projectId: string, branchId?: string): string {
  return branchId === undefined ? `verify/${projectId}` : `verify/${projectId}/${branchId}`;
}

/** The workflow id of what watches a stack. */
export function watchWorkflowId(stack: string): string {
  return `watch/${stack}`;
}
