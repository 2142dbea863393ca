import { randomUUID } from 'node:crypto';
import { mirrorKey, type Mirror } from '../../../db/mirror/mirrors.ts';
import type { RenderedEntry } from '../../../db/mirror/rendered-files.ts';
import type { CommitMessage, FileChange, Held, PlannedCommit } from '../../../git/types.ts';
import { claimChanges } from '../../../model/mirror/claim.ts';
import type { Change, WaitingChange } from '../../../model/mirror/events.ts';
import { mirrorStream } from '../../../model/mirror/ids.ts';
import type { SentFile } from '../../../model/streams/refusal.ts';
import { attributesKey } from '../../../model/platform/object-key.ts';
import type { ObjectKey, RenderWarning } from '../../../model/platform/tree.ts';
import type { Amount } from '../../../model/streams/progress.ts';
import type { CommitReason } from '../../../model/streams/commit.ts';
import type { TipExamination } from '../../streams/examine-tip.ts';
import type { Execution } from '../../streams/execution.ts';
import { takingAll } from '../../streams/taking-turns.ts';
import { strangeFiles } from '../inherited-files.ts';
import { placeOccupied, twinWarning, type PlaceContents } from '../place.ts';
import { readingOf } from '../window/read-window.ts';
import { composeBatch } from './compose-batch.ts';
import { changesToWhole, type Rendering, type WholeTree } from './whole-tree.ts';

/** What a resync delivers. */
export interface Resync {
  row: Mirror;
  reason: CommitReason;
  /** The batch that it becomes. */
  batchId: string;
  installationId: string;
  /** The rendered state in the database. */
  before: ReadonlyMap<string, RenderedEntry>;
  /** Its paths, and those that waiting batches remove: the rendered state no longer has them, but the branch does. */
  ours: ReadonlySet<string>;
  tree: WholeTree;
}

/** What {@link planResync} needs to know about a tip. */
export interface ResyncFacts {
  /** Whether a person has allowed the mirror to overwrite what is there. */
  approved: boolean;
  examined: TipExamination;
  /** Whether the mirror has delivered to this place before. */
  deliveredHere: boolean;
  /** What is in the mirror's folders, and where a folder would have to be: see `PlaceContents`. */
  present: ReadonlyMap<string, string>;
  occupied: readonly string[];
  twins: PlaceContents['twins'];
  /** The files of the default branch's mirror that are there: see `inheritedFiles`. */
  inherited: ReadonlySet<string> | null;
  /** The files that are there because of commits which are ours, although the database does not know them: see `provenFiles`. */
  proven: ReadonlySet<string>;
  /** The changes that are not in any commit on the tip. */
  undelivered: WaitingChange[];
  /** Whether a file that differs is sent, or stays as it is: the host refuses it, or only a part is sent. */
  isSent: (file: Omit<SentFile, 'batch'>) => boolean;
  /** Whether the commit is to have only a part of the tree. */
  isPart: boolean;
  /** What others changed and the commit undoes, as a paragraph; may be empty. */
  undone: string;
  /** Whether these files must not go before a person has allowed it: see `holdUntold`. */
  holdUntold: (
    removed: readonly RenderedEntry[],
    isGone: (owner: ObjectKey) => boolean,
  ) => Promise<Held | null>;
}

/** What the commit says, and the result of rendering the tree for it. */
export interface ResyncMessage extends CommitMessage {
  rendering: Rendering;
}

/** One commit, which is left out if it would change nothing. */
export interface ResyncPlan {
  kind: 'commits';
  commits: [PlannedCommit<ResyncMessage>];
  examined: TipExamination;
  /** Whether the commit has only a part of the tree. */
  isPart: boolean;
  /** What the status should say of the place. */
  warnings: RenderWarning[];
}

/**
 * The commit that turns what is at the mirror's place into the whole tree, or `held` if files there are not ours.
 * Rendering a large tree takes turns with the worker's other activities.
 */
export async function planResync(
  everything: Resync,
  facts: ResyncFacts,
  execution: Execution,
): Promise<ResyncPlan | Held> {
  const { row, reason, batchId, installationId, tree } = everything;
  const { approved, deliveredHere, examined } = facts;
  const { taken } = claimChanges(facts.undelivered, readingOf(tree.read));
  const removable = whatMayGo(everything, facts);
  const onProgress = (amount: Amount) => execution.step('Rendering the project', amount);
  const { present, isSent } = facts;
  const changes = () => changesToWhole(tree, { present, removable, isSent, onProgress });
  const plan = (write: PlannedCommit<ResyncMessage>['write']): ResyncPlan => ({
    kind: 'commits',
    commits: [
      {
        write,
        trailers: {
          stream: mirrorStream(mirrorKey(row)),
          installation: installationId,
          batches: [facts.isPart ? randomUUID() : batchId],
          through: taken.at(-1)?.sequence ?? 0,
          reason,
        },
      },
    ],
    examined,
    isPart: facts.isPart,
    warnings: facts.twins.map((twin) => ({
      owner: attributesKey(row.branchId, twin.folder),
      message: twinWarning(twin),
    })),
  });
  if (facts.occupied.length > 0 && !approved) return placeOccupied(facts.occupied);
  // In an empty place everything is written, so it can be rendered while Git reads it.
  if (facts.present.size === 0)
    return plan(function* () {
      return messageOf(everything, facts, taken, yield* changes());
    });
  // Otherwise we need to know everything before deciding, but the difference is small.
  const { taken: known, returned: rendering } = await takingAll<FileChange, Rendering>(
    changes(),
    execution,
  );
  if (!deliveredHere && !approved) {
    const strange = strangeTo(facts, rendering);
    if (strange.length > 0) return notAdopted(strange, row);
  }
  const held = await heldRemoval(everything, facts, rendering);
  if (held !== null) return held;
  return plan(function* () {
    yield* known;
    return messageOf(everything, facts, taken, rendering);
  });
}

/** Why what the source no longer has must not be removed yet; `null` if it may be. */
async function heldRemoval(
  { before }: Resync,
  { holdUntold }: ResyncFacts,
  { entries, removed }: Rendering,
): Promise<Held | null> {
  const owners = new Set(entries.map(({ owner }) => owner));
  return holdUntold(
    removed.flatMap((path) => before.get(path) ?? []),
    (owner) => !owners.has(owner),
  );
}

/** Which of the files that are there but no longer rendered may be removed. */
function whatMayGo(
  { before, ours, reason }: Resync,
  { approved, inherited, proven }: ResyncFacts,
): (path: string) => boolean {
  // Without a rendered state (the database was lost), everything in our folders counts as ours.
  // A mirror that is to restore its files also removes those that others put among them.
  const allOurs = approved || reason === 'drift' || (before.size === 0 && inherited === null);
  return (path) => allOurs || ours.has(path) || proven.has(path) || inherited?.has(path) === true;
}

/** The files that we may overwrite or remove only if a person allows it. */
function strangeTo({ present, inherited, examined }: ResyncFacts, rendering: Rendering): string[] {
  const rendered = new Map(rendering.entries.map((entry) => [entry.path, entry]));
  // Recorded commits prove which files are inherited, whatever other commits claim.
  if (!examined.unproven || inherited !== null) return strangeFiles(present, rendered, inherited);
  // The tip claims to be ours, as it does after a restore of the database: files that stay the same need no approval.
  return [...present.keys()].filter((path) => rendered.get(path)?.blobId !== present.get(path));
}

function messageOf(
  { reason, row, before, tree: { read, parts } }: Resync,
  { undone }: ResyncFacts,
  taken: readonly Change[],
  rendering: Rendering,
): ResyncMessage {
  const { replacedSecrets, unlinked } = rendering.project;
  const { message, authoredAt } = composeBatch({
    reason,
    key: mirrorKey(row),
    projectName: read.projectName,
    view: read.view,
    changes: taken,
    difference: rendering,
    ownerBefore: (path) => before.get(path)?.owner,
    replacedSecrets: replacedSecrets.length + parts.replacedSecrets.length,
    unlinked,
    authors: row.policy.commits ?? {},
    readAt: read.beganAt,
    guard: rendering.guard,
  });
  const body = [message.body, undone].filter((text) => text !== '').join('\n\n');
  return { ...message, body, authoredAt, rendering };
}

function notAdopted(strange: readonly string[], row: Mirror): Held {
  const examples = strange.slice(0, 3).join(', ');
  const place = row.subdirectory === '' ? 'the repository' : `${row.subdirectory}/`;
  return {
    kind: 'held',
    code: 'not_adopted',
    message:
      `${strange.length} files are already in the folders that the mirror would own in ${place} (${examples}, …). ` +
      'Look at the preview, then approve the mirror, give it another subdirectory, or let a new branch begin with nothing.',
  };
}
