import { randomBytes } from 'node:crypto';
import type { ConfigChanged } from './store.ts';
import type { StorageChanged } from './table-store.ts';

/** An event of Storage in the platform's form, with only the fields that Gitward reads and some that it must not mind. */
export interface ApiEvent {
  uuid: string;
  event: string;
  component: string;
  message: string;
  type: 'info' | 'success' | 'warn' | 'error';
  created: string;
  objectId: string;
  objectName: string;
  objectType: string;
  params: Record<string, unknown>;
  token: { id: number; name: string };
  idBranch: number | null;
}

/** What is recorded; everything else has a usual value. */
export type NewEvent = Partial<ApiEvent> & Pick<ApiEvent, 'event'> & { at?: Date };

/** The events of a project, and the Storage API's answers about them. */
export class EventStore {
  readonly events: ApiEvent[] = [];

  record({ at = new Date(), ...fields }: NewEvent): ApiEvent {
    const event: ApiEvent = {
      uuid: uuidOf(at, this.events.length),
      component: 'storage',
      message: '',
      type: 'info',
      created: at.toISOString().replace(/\.\d+Z$/, '+0000'),
      objectId: '',
      objectName: '',
      objectType: '',
      params: {},
      token: { id: 1, name: 'eva@example.com' },
      idBranch: null,
      ...fields,
    };
    this.events.push(event);
    return event;
  }

  /** What the platform records when a configuration is saved, created or deleted. */
  ofConfiguration(what: string, changed: ConfigChanged, idBranch: number | null): void {
    const { componentId, configId, newVersion, author, committedAt } = changed;
    this.record({
      event: `storage.componentConfiguration${what}`,
      at: new Date(committedAt),
      ...{ objectId: configId, objectType: 'componentConfiguration', idBranch },
      params: { component: componentId, configurationId: configId, version: newVersion },
      token: { id: 1, name: author },
    });
  }

  ofTable({ tableId, kind, committedAt }: StorageChanged, idBranch: number | null): void {
    this.record({
      event: `storage.table${eventOfKind[kind]}`,
      at: new Date(committedAt),
      ...{ objectId: tableId, objectType: 'table', idBranch },
    });
  }

  /** `GET …/events`, of the default branch (`null`) or another one. */
  answer(idBranch: number | null, query: URLSearchParams): ApiEvent[] {
    const since = query.get('sinceId') ?? '';
    const found = this.events
      .filter((event) => event.idBranch === idBranch && event.uuid > since)
      .sort((a, b) => (a.uuid < b.uuid ? -1 : 1));
    if (query.get('sortOrder') !== 'asc') found.reverse();
    const offset = Number(query.get('offset') ?? 0);
    return found.slice(offset, offset + Math.min(Number(query.get('limit') ?? 100), 10_000));
  }
}

const eventOfKind = {
  created: 'Created',
  changed: 'MetadataSet',
  imported: 'ImportDone',
  deleted: 'Deleted',
} satisfies Record<StorageChanged['kind'], string>;

/** A UUID of version 7 (RFC 9562): later ones are larger, also those of the same millisecond. */
function uuidOf(at: Date, count: number): string {
  const time = at.getTime().toString(16).padStart(12, '0');
  const counter = (count % 4_096).toString(16).padStart(3, '0');
  const hex = `${time}7${counter}8${randomBytes(8).toString('hex').slice(1)}`;
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
