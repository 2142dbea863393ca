import type { Db } from '../../../db/connect.ts';
import type { Event } from '../../../platforms/events/event-schema.ts';
import { mirrorKey } from '../driver/stage.ts';

/** A change as the database has it. */
export interface StoredChange {
  version: number | null;
  commitSha: string | null;
}

/** The changes that the database has, by what tells them apart. */
export async function readStoredChanges(db: Db): Promise<Map<string, StoredChange[]>> {
  const rows = await db
    .selectFrom('changeEvents')
    .select(['type', 'componentId', 'versionIdentifier', 'occurredAt', 'version', 'commitSha'])
    .where('projectId', '=', mirrorKey.projectId)
    .execute();
  const byKey = new Map<string, StoredChange[]>();
  for (const row of rows) {
    const key = `${row.type} ${row.componentId} ${row.versionIdentifier} ${row.occurredAt.toISOString()}`;
    byKey.set(key, [...(byKey.get(key) ?? []), row]);
  }
  return byKey;
}

/** What tells an event from others. */
export function keyOf(event: Event): string {
  if (event.type === 'job_finished') throw new Error('Nobody runs jobs here.');
  const [component, identifier] =
    event.type === 'config_changed'
      ? [event.componentId, `${event.configId}@${event.newVersion}`]
      : ['', event.eventId];
  return `${event.type} ${component} ${identifier} ${new Date(event.committedAt).toISOString()}`;
}
