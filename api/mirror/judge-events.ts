import { findSourceKinds } from '../../db/mirror/projects.ts';
import type { Judgement } from '../../platforms/events/judgement.ts';
import type { ApiDeps } from '../http/deps.ts';

/**
 * Has each event checked by the platform of the project that it names; returns the judgements in
 * the same order. An event that names no project that the caller may see is checked by any platform
 * with events of its type, so that problems in the event itself are reported first.
 */
export async function judgeAll(
  { db, platforms }: Pick<ApiDeps, 'db' | 'platforms'>,
  events: readonly unknown[],
  { now, sees }: { now: Date; sees: (projectId: string) => boolean },
): Promise<Judgement[]> {
  const named = events.map((event) => textAt(event, 'projectId'));
  const kinds = await findSourceKinds(db, [
    ...new Set(named.filter((id): id is string => id !== null && sees(id))),
  ]);
  return events.map((event, index) => {
    const kind = kinds.get(named[index] ?? '');
    const type = textAt(event, 'type') ?? '';
    const platform =
      kind !== undefined
        ? platforms.all.find((known) => known.kind === kind)
        : (platforms.all.find(({ events: { schemas } }) => Object.hasOwn(schemas, type)) ??
          platforms.all[0]);
    return (
      platform?.events.judge(event, now) ?? {
        kind: 'invalid',
        message: 'This version of Gitward does not know the platform of the project.',
      }
    );
  });
}

/** The text in a field of an event, if it is one that PostgreSQL can search for. */
function textAt(event: unknown, field: 'projectId' | 'type'): string | null {
  if (typeof event !== 'object' || event === null || !(field in event)) return null;
  const value = (event as Record<typeof field, unknown>)[field];
  return typeof value === 'string' && value.length <= 64 && !value.includes('\u0000')
    ? value
    : null;
}
