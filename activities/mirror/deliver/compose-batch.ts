import type { BatchMessage } from '../../../db/schema/streams.ts';
import { gitward, personFrom, samePerson, type Person } from '../../../model/streams/author.ts';
import { authorAs, type AuthorSettings } from '../../../model/streams/commit-style.ts';
import type { CommitReason } from '../../../model/streams/commit.ts';
import { objectOf, type Change } from '../../../model/mirror/events.ts';
import type { MirrorKey } from '../../../model/mirror/ids.ts';
import type { ObjectName, ObjectVersion } from '../../../model/platform/object.ts';
import type { ObjectKey, RenderedFile, UnlinkedObject } from '../../../model/platform/tree.ts';
import type { Platform } from '../../../platforms/platform.ts';
import { composeMessage } from '../../../model/mirror/message/message.ts';
import type { TreeGuard } from '../tree-guard.ts';

/** What a batch's commit is made from. */
export interface BatchContents {
  reason: CommitReason;
  key: MirrorKey;
  projectName: string;
  /** The branch as it was read. */
  view: {
    platform: Platform;
    facts: { branch: { name: string } };
    objects: ReadonlyMap<ObjectKey, { version: ObjectVersion }>;
  };
  /** The changes in the batch, in order. */
  changes: readonly Change[];
  difference: {
    written: readonly Pick<RenderedFile, 'path' | 'owner'>[];
    removed: readonly string[];
  };
  /** The owner of a path in the previous rendered state. */
  ownerBefore: (path: string) => ObjectKey | undefined;
  replacedSecrets: number;
  /** Everything that the layout leaves out; the message lists the part that the difference writes. */
  unlinked: readonly UnlinkedObject[];
  /** Who the platform's authors are in Git. */
  authors: AuthorSettings;
  /** Looks at what the commit says, too. */
  guard: Pick<TreeGuard, 'text'>;
  /** When the source was read, ISO 8601. It is the commit's time if its changes have none. */
  readAt: string;
}

/** What the commit says, and its author time (in whole seconds, as in Git). */
export function composeBatch(contents: BatchContents): { message: BatchMessage; authoredAt: Date } {
  // A full render is not a list of changes: who made them is in the platform's own history.
  const untold =
    contents.reason === 'changes' || contents.reason === 'catch-up' ? untoldChanges(contents) : [];
  const changes = [...contents.changes, ...untold];
  const { key, view, guard } = contents;
  const { objects, layout } = view.platform;
  const { subject, body } = composeMessage({
    reason: contents.reason,
    projectName: contents.projectName,
    branchName: view.facts.branch.name,
    changes: changes.map((change) => named(change, contents.authors)),
    words: { wordFor: (kind) => objects.wordFor(kind), leftOut: layout.leftOut?.title ?? '' },
    configurationName: (kind, id) =>
      view.objects.get(objects.keyOf(key.branchId, { kind, id }))?.version.name ?? null,
    replacedSecrets: contents.replacedSecrets,
    unlinked: writtenUnlinked(contents),
  });
  const [author = gitward, ...coAuthors] = authorsOf(changes, contents.authors);
  const latest = changes.reduce(
    (time, { occurredAt }) => Math.max(time, Date.parse(occurredAt)),
    0,
  );
  const time = latest > 0 ? latest : Date.parse(contents.readAt);
  return {
    message: { author, coAuthors, subject: guard.text(subject), body: guard.text(body) },
    authoredAt: new Date(Math.floor(time / 1000) * 1000),
  };
}

/**
 * Changes that the difference shows but that nobody has reported (yet): found by a catch-up, or saved while
 * the source was read. Author and time are those that the source names.
 */
function untoldChanges({
  key,
  view: { platform, objects: present },
  changes,
  difference,
  ownerBefore,
}: BatchContents): Change[] {
  const { objects } = platform;
  const told = new Map<ObjectKey, Change[]>();
  for (const change of changes) {
    const name = objectOf(change);
    if (name === null) continue;
    const object = objects.keyOf(key.branchId, name);
    told.set(object, [...(told.get(object) ?? []), change]);
  }
  const owners = [
    ...difference.written.map(({ owner }) => owner),
    ...difference.removed.map((path) => ownerBefore(path) ?? ''),
  ];
  const touched = new Set(
    owners.map((owner) => objects.objectOf(owner)).filter((object) => object !== null),
  );
  return [...touched].sort().flatMap((object) => {
    const now = present.get(object)?.version;
    if (isTold(now, told.get(object) ?? [])) return [];
    return [untoldChange(key, now ?? objects.nameOf(object), now)];
  });
}

/** Whether somebody reported how the object is now. */
function isTold(now: ObjectVersion | undefined, reports: readonly Change[]): boolean {
  if (now === undefined) return reports.length > 0;
  if (reports.every(({ version }) => (version ?? 0) < now.version)) return false;
  if (now.changedAt === null || reports.some(({ version }) => version === now.version)) return true;
  // A lower version that is not older: the object was purged and created again. Some platforms name only the second.
  const last = Math.max(...reports.map(({ occurredAt }) => secondOf(occurredAt)));
  return secondOf(now.changedAt) < last;
}

function secondOf(time: string): number {
  return Math.floor(Date.parse(time) / 1000);
}

function untoldChange(
  key: MirrorKey,
  { kind, id }: ObjectName,
  now: ObjectVersion | undefined,
): Change {
  return {
    ...key,
    type: 'config_changed',
    componentId: kind,
    configId: id,
    versionIdentifier: `${id}@${now?.version ?? 'deleted'}`,
    version: now?.version ?? null,
    author: now?.author ?? null,
    // Without a time, it must not decide the commit's time: the epoch is never the latest.
    occurredAt: now?.changedAt ?? new Date(0).toISOString(),
    description: now?.changeDescription ?? null,
  };
}

/** Those objects that the layout leaves out and of which a file is written. */
function writtenUnlinked({ unlinked, difference, view }: BatchContents): UnlinkedObject[] {
  const { leftOut } = view.platform.layout;
  if (leftOut === null) return [];
  const paths = difference.written
    .map(({ path }) => path)
    .filter((path) => path.startsWith(`${leftOut.folder}/`));
  return unlinked.filter((object) =>
    paths.some((path) => path === object.path || path.startsWith(`${object.path}/`)),
  );
}

/** A change with its author as the message names them. */
function named(change: Change, settings: AuthorSettings): Change {
  const person = personFrom(change.author);
  const known = authorAs(settings, person);
  return samePerson(person, known) ? change : { ...change, author: known.name };
}

/** Each author once, in the order of the changes; without Gitward, which stands for an unknown author. */
function authorsOf(changes: readonly Change[], settings: AuthorSettings): Person[] {
  const authors: Person[] = [];
  for (const { author } of changes) {
    const person = personFrom(author);
    if (samePerson(person, gitward)) continue;
    const named = authorAs(settings, person);
    if (!authors.some((known) => samePerson(known, named))) authors.push(named);
  }
  return authors;
}
