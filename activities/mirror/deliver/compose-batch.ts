import type { BatchMessage } from '../../../db/schema/streams.ts';
import { gitward, personFrom, samePerson, type Person } from '../../../model/streams/author.ts';
import type { CommitReason } from '../../../model/streams/commit.ts';
import type { Change } from '../../../model/mirror/events.ts';
import { configKey, configurationOf } from '../../../model/platform/object-key.ts';
import type { Configuration, PlatformProject } from '../../../model/platform/project.ts';
import type { ObjectKey, RenderedFile, UnlinkedObject } from '../../../model/platform/tree.ts';
import { composeMessage } from '../../../model/mirror/message/message.ts';

/** What a batch's commit is made of. */
export interface BatchContents {
  reason: CommitReason;
  branchId: string;
  projectName: string;
  project: PlatformProject;
  /** The changes that the batch takes, in their order. */
  changes: readonly Change[];
  difference: {
    written: readonly Pick<RenderedFile, 'path' | 'owner'>[];
    removed: readonly string[];
  };
  /** Whose file a path was in the rendered state before. */
  ownerBefore: (path: string) => ObjectKey | undefined;
  replacedSecrets: number;
  /** All that is in `unlinked/`; the message names what the difference writes of it. */
  unlinked: readonly UnlinkedObject[];
  /** When the source was read, ISO 8601: the time of a commit whose changes have none. */
  readAt: string;
}

/** What the commit says, and its author's time (whole seconds, as Git keeps it). */
export function composeBatch(contents: BatchContents): { message: BatchMessage; authoredAt: Date } {
  // A full render is not a list of changes: who made all of this is in the platform's own history.
  const untold =
    contents.reason === 'changes' || contents.reason === 'catch-up' ? untoldChanges(contents) : [];
  const changes = [...contents.changes, ...untold];
  const branch = contents.project.branches.find(({ id }) => id === contents.branchId);
  const configs = new Map(
    branch?.configurations.map((config) => [`${config.componentId}/${config.id}`, config]),
  );
  const { subject, body } = composeMessage({
    reason: contents.reason,
    projectName: contents.projectName,
    branchName: branch?.name ?? contents.branchId,
    changes,
    configurationName: (componentId, configId) =>
      configs.get(`${componentId}/${configId}`)?.name ?? null,
    replacedSecrets: contents.replacedSecrets,
    unlinked: writtenUnlinked(contents),
  });
  const [author = gitward, ...coAuthors] = authorsOf(changes);
  const latest = changes.reduce(
    (time, { occurredAt }) => Math.max(time, Date.parse(occurredAt)),
    0,
  );
  const time = latest > 0 ? latest : Date.parse(contents.readAt);
  return {
    message: { author, coAuthors, subject, body },
    authoredAt: new Date(Math.floor(time / 1000) * 1000),
  };
}

/**
 * Changes that the difference shows and nobody told of (yet): what a catch-up finds, or a version that was
 * saved while the source was read. Author and time are those that the source names.
 */
function untoldChanges({
  project,
  branchId,
  changes,
  difference,
  ownerBefore,
}: BatchContents): Change[] {
  const told = new Map<ObjectKey, number>();
  for (const { componentId, configId, version } of changes) {
    if (componentId === null || configId === null) continue;
    const key = configKey(branchId, componentId, configId);
    told.set(key, Math.max(told.get(key) ?? 0, version ?? 0));
  }
  const owners = [
    ...difference.written.map(({ owner }) => owner),
    ...difference.removed.map((path) => ownerBefore(path) ?? ''),
  ];
  const touched = new Set(owners.map(configurationOf).filter((key) => key !== null));
  const branch = project.branches.find(({ id }) => id === branchId);
  const present = new Map(
    branch?.configurations.map((config) => [
      configKey(branchId, config.componentId, config.id),
      config,
    ]),
  );
  return [...touched].sort().flatMap((key) => {
    const config = present.get(key);
    if (told.has(key) && (config === undefined || config.version <= (told.get(key) ?? 0)))
      return [];
    return [untoldChange(project.id, branchId, key, config)];
  });
}

function untoldChange(
  projectId: string,
  branchId: string,
  key: ObjectKey,
  config: Configuration | undefined,
): Change {
  const [, , componentId = '', configId = ''] = key.split('/');
  return {
    projectId,
    branchId,
    type: 'config_changed',
    componentId: config?.componentId ?? componentId,
    configId: config?.id ?? configId,
    versionIdentifier: `${config?.id ?? configId}@${config?.version ?? 'deleted'}`,
    version: config?.version ?? null,
    author: config?.author ?? null,
    // Without a time of its own it must not decide the commit's: the epoch never is the latest.
    occurredAt: config?.changedAt ?? new Date(0).toISOString(),
    description: config?.changeDescription ?? null,
  };
}

/** Of what is in `unlinked/`, the objects of which a file is written. */
function writtenUnlinked({ unlinked, difference }: BatchContents): UnlinkedObject[] {
  const paths = difference.written
    .map(({ path }) => path)
    .filter((path) => path.startsWith('unlinked/'));
  return unlinked.filter((object) =>
    paths.some((path) => path === object.path || path.startsWith(`${object.path}/`)),
  );
}

/** Each author once, in the order of the changes; Gitward only where nobody else is known. */
function authorsOf(changes: readonly Change[]): Person[] {
  const authors: Person[] = [];
  for (const { author } of changes) {
    const person = personFrom(author);
    if (!samePerson(person, gitward) && !authors.some((known) => samePerson(known, person)))
      authors.push(person);
  }
  return authors;
}
