import type { StreamId } from '../streams/ids.ts';

/** The stream, and the workflow id, of a knowledge space. */
export function spaceStream(spaceId: string): StreamId {
  return `space/${spaceId}`;
}

/** The space that a stream belongs to; `null` if the stream is not a space's. */
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
