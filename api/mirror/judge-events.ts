import { findSourceKinds } from '../../db/mirror/projects.ts';
import type { Judgement } from '../../platforms/events/judgement.ts';
import type { ApiDeps } from '../http/deps.ts';

/**
 * Judges each event by the platform of the project that it names, in the same order. One that names no project
 * that the caller may see is judged by any platform that has events of its type, so that what is wrong with it is said first.
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

/** The text that an event has in a field, if it is one that PostgreSQL can look for. */
function textAt(event: unknown, field: 'projectId' | 'type'): string | null {
  if (typeof event !== 'object' || event === null || !(field in event)) return null;
  const value = (event as Record<typeof field, unknown>)[field];
  return typeof value === 'string' && value.length <= 64 && !value.includes('\u0000')
    ? value
    : null;
}
