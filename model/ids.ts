/**
 * Ids from outside become parts of workflow ids, trailers and paths: letters, digits, `.`, `_` and
 * `-`, at most 64, beginning with a letter or a digit.
 */
export const idPattern = '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$';

/** Names a mirror: the project's id and the branch's id (never the word `default`). */
export interface MirrorKey {
  projectId: string;
  branchId: string;
}

/** A stream's name: `mirror/<projectId>/<branchId>`, which is its workflow's id too. */
export type StreamId = string;

/** The stream, and the workflow id, of a mirror. */
export function mirrorStream({ projectId, branchId }: MirrorKey): StreamId {
  return `mirror/${projectId}/${branchId}`;
}

/** The mirror that a stream belongs to; `null` where the stream is not a mirror's. */
export function mirrorOfStream(stream: StreamId): MirrorKey | null {
  const [kind, projectId, branchId, ...rest] = stream.split('/');
  if (kind !== 'mirror' || !projectId || !branchId || rest.length > 0) return null;
  return { projectId, branchId };
}

/** The workflow id of a project's catch-up, and the id of the Schedule that starts it. */
export function catchUpWorkflowId(projectId: string): string {
  return `catch-up/${projectId}`;
}

/** The workflow id of a look for a project's new development branches alone. */
export function linkBranchesWorkflowId(projectId: string): string {
  return `link-branches/${projectId}`;
}

/** The workflow id of a verification: of one mirror, or (the id of the daily Schedule too) of a project. */
export function verifyWorkflowId(projectId: string, branchId?: string): string {
  return branchId === undefined ? `verify/${projectId}` : `verify/${projectId}/${branchId}`;
}

/** The stream, and the workflow id, of a knowledge space. */
export function spaceStream(spaceId: string): StreamId {
  return `space/${spaceId}`;
}

/** The space that a stream belongs to; `null` where the stream is not a space's. */
export function spaceOfStream(stream: StreamId): string | null {
  const [kind, spaceId, ...rest] = stream.split('/');
  return kind === 'space' && spaceId !== undefined && spaceId !== '' && rest.length === 0
    ? spaceId
    : null;
}

/** The workflow id of a bulk operation on a space. */
export function operationWorkflowId(operationId: string): string {
  return `operation/${operationId}`;
}
