import type { Event } from '../../events/event-schema.ts';
import { ShapeError, type JsonReader } from '../source/json-reader.ts';

/** An event of Storage, as far as its place in the feed goes. */
export interface StorageEvent {
  /** Where to go on after it: its `uuid` or, of an older stack, its `id`. */
  id: string;
  /** Milliseconds. */
  createdAt: number;
  /** What it reports; `null` if it is of no interest, `undefined` if it cannot be understood. */
  reports: Event | null | undefined;
}

/** Where an event was listed. */
interface Listing {
  projectId: string;
  /** The branch of the feed. */
  branchId: string;
}

/**
 * Decodes an event of `GET /v2/storage/events` (https://keboola.docs.apiary.io/#reference/events); `undefined` if its place in the
 * feed cannot be told.
 */
export function decodeStorageEvent(event: JsonReader, listing: Listing): StorageEvent | undefined {
  return understood(() => {
    const id = event.at('uuid').isAbsent ? event.at('id').id() : event.at('uuid').id();
    const created = event.at('created').timeOrNull();
    if (created === null) throw new ShapeError('an event has no time');
    const reports = understood(() => reportOf(event, id, created, listing));
    return { id, createdAt: Date.parse(created), reports };
  });
}

/** `undefined` if something has not the form that it should have. */
function understood<T>(decode: () => T): T | undefined {
  try {
    return decode();
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    return undefined;
  }
}

/** What changes something that is mirrored; other endings are of readings, attempts and snapshots. */
const changing =
  '(?:Created|Changed|Updated|Deleted|Purged|Restored|Copied|RolledBack|Moved|Set|Added|Removed|Dropped|Done|Truncated|Swapped|Renamed|Merged|Linked|Unlinked|Shared|Unshared|Enabled|Disabled|Refreshed|Cloned|Pulled)';
/** These raise the version of the configuration. */
const versioned = /^(?:Created|Changed|Copied|RolledBack)$/;

const ofConfiguration = /^storage\.componentConfiguration(Row)?(\w+)$/;
const ofStorage = /^storage\.(table|bucket)(\w+)$/;
const ofBranch = /^storage\.devBranch(\w+)$/;
const isChanging = new RegExp(`${changing}$`);
/** Snapshots and exports of tables change nothing in the table. */
const changesNothing = /Snapshot|Export/;

function reportOf(
  event: JsonReader,
  eventId: string,
  committedAt: string,
  { projectId, branchId: listedIn }: Listing,
): Event | null {
  const name = event.at('event').textOrEmpty();
  // Others write events as well, but only Storage writes its own.
  if (!name.startsWith('storage.') || event.at('component').textOrEmpty() !== 'storage')
    return null;
  const author = event.at('token').orEmpty().at('name').textOrNull();
  const branchId = event.at('idBranch').isAbsent ? listedIn : event.at('idBranch').id();
  const common = { projectId, branchId, author, committedAt };

  const [, row, what = ''] = ofConfiguration.exec(name) ?? [];
  if (isChanging.test(what)) return configurationReport(event, { ...common, eventId }, row, what);

  const [, object, change = ''] = ofStorage.exec(name) ?? [];
  if (object !== undefined && isChanging.test(change) && !changesNothing.test(change)) {
    const objectId = event.at('objectId').id();
    return {
      type: 'storage_changed',
      ...common,
      ...(object === 'table' ? { tableId: objectId } : { bucketId: objectId }),
      kind: kindOfChange(change),
      eventId,
    };
  }

  const [, turn] = ofBranch.exec(name) ?? [];
  if (turn !== undefined && isChanging.test(turn))
    return {
      type: 'branch_changed',
      ...common,
      branchId: event.at('objectId').id(),
      kind: kindOfTurn(turn),
      eventId,
    };
  return null;
}

function configurationReport(
  event: JsonReader,
  {
    eventId,
    ...common
  }: Pick<Event, 'projectId' | 'branchId'> & {
    author: string | null;
    committedAt: string;
    eventId: string;
  },
  row: string | undefined,
  what: string,
): Event {
  const params = event.at('params').orEmpty();
  const named = row === undefined ? params : params.at('configuration');
  const configId = named.at('configurationId').isAbsent
    ? event.at('objectId').id()
    : named.at('configurationId').id();
  const version = named.at('version').isAbsent ? 0 : Number(named.at('version').id());
  const hasVersion = versionRaised(row, what) && Number.isSafeInteger(version) && version > 0;
  return {
    type: 'config_changed',
    ...common,
    componentId: named.at('component').id(),
    configId,
    ...(hasVersion ? { newVersion: version } : { eventId }),
  };
}

/** A configuration gets a new version also if a row of it is deleted. */
function versionRaised(row: string | undefined, what: string): boolean {
  return versioned.test(what) || (row !== undefined && what === 'Deleted');
}

function kindOfChange(change: string): 'created' | 'deleted' | 'imported' | 'changed' {
  if (change === 'Created') return 'created';
  // A column, or some rows, may be deleted as well.
  if (change === 'Deleted') return 'deleted';
  return change === 'ImportDone' ? 'imported' : 'changed';
}

function kindOfTurn(turn: string): 'created' | 'deleted' | 'merged' | 'renamed' {
  if (turn === 'Created') return 'created';
  if (turn === 'Deleted') return 'deleted';
  return turn.startsWith('Merged') ? 'merged' : 'renamed';
}
