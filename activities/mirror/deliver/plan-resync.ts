import { mirrorKey, type Mirror } from '../../../db/mirror/mirrors.ts';
import type { RenderedEntry } from '../../../db/mirror/rendered-files.ts';
import type { CommitMessage, FileChange, Held, PlannedCommit } from '../../../git/types.ts';
import { claimChanges } from '../../../model/mirror/claim.ts';
import type { Change, WaitingChange } from '../../../model/mirror/events.ts';
import { mirrorStream } from '../../../model/mirror/ids.ts';
import type { CommitReason } from '../../../model/streams/commit.ts';
import type { TipExamination } from '../../streams/examine-tip.ts';
import type { Execution } from '../../streams/execution.ts';
import { takingAll } from '../../streams/taking-turns.ts';
import { strangeFiles } from '../inherited-files.ts';
import { readingOf } from '../window/read-window.ts';
import { composeBatch } from './compose-batch.ts';
import { changesToWhole, type Rendering, type WholeTree } from './whole-tree.ts';

/** What a full delivery is about. */
export interface Resync {
  row: Mirror;
  reason: CommitReason;
  /** The batch that it becomes. */
  batchId: string;
  installationId: string;
  /** The rendered state as the database has it. */
  before: ReadonlyMap<string, RenderedEntry>;
  tree: WholeTree;
}

/** What {@link planResync} needs to know of a tip. */
export interface ResyncFacts {
  /** A person has said that the mirror may write over what is there. */
  approved: boolean;
  examined: TipExamination;
  /** Whether the mirror delivered to this place before. */
  deliveredHere: boolean;
  /** The files in the mirror's folders: path → blob id. */
  present: ReadonlyMap<string, string>;
  /** What is there of the default branch's mirror: see `inheritedFiles`. */
  inherited: ReadonlySet<string> | null;
  /** The changes that no commit on the tip holds. */
  undelivered: WaitingChange[];
}

/** What the commit says, and what going through the tree for it came to. */
export interface ResyncMessage extends CommitMessage {
  rendering: Rendering;
}

/** One commit, which Git leaves out where it would change nothing. */
export interface ResyncPlan {
  kind: 'commits';
  commits: [PlannedCommit<ResyncMessage>];
  examined: TipExamination;
}

/**
 * The commit that makes the whole tree of what is at the mirror's place; or held, where files are there that are not
 * ours. Going through a large tree takes turns with the worker's other activities.
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
  const changes = () => changesToWhole(tree, { present: facts.present, removable });
  const plan = (write: PlannedCommit<ResyncMessage>['write']): ResyncPlan => ({
    kind: 'commits',
    commits: [
      {
        write,
        trailers: {
          stream: mirrorStream(mirrorKey(row)),
          installation: installationId,
          batches: [batchId],
          through: taken.at(-1)?.sequence ?? 0,
          reason,
        },
      },
    ],
    examined,
  });
  // Over an empty place everything is written: that is made while Git takes it.
  if (facts.present.size === 0)
    return plan(function* () {
      return messageOf(everything, taken, yield* changes());
    });
  // Else all of it has to be known before anything can be said of it, and what differs is little.
  const { taken: known, returned: rendering } = await takingAll<FileChange, Rendering>(
    changes(),
    execution,
  );
  if (!deliveredHere && !approved) {
    const strange = strangeTo(facts, rendering);
    if (strange.length > 0) return notAdopted(strange, row);
  }
  return plan(function* () {
    yield* known;
    return messageOf(everything, taken, rendering);
  });
}

/** Which of the files that are there and not rendered any more may be removed. */
function whatMayGo(
  { before }: Resync,
  { approved, inherited }: ResyncFacts,
): (path: string) => boolean {
  // Without a rendered state (a lost database) what is in our folders counts as ours.
  const allOurs = approved || (before.size === 0 && inherited === null);
  return (path) => allOurs || before.has(path) || inherited?.has(path) === true;
}

/** The files that a person has to allow us to write over or to remove. */
function strangeTo({ present, inherited, examined }: ResyncFacts, rendering: Rendering): string[] {
  const rendered = new Map(rendering.entries.map((entry) => [entry.path, entry]));
  // What is inherited is proven by recorded commits, whatever others say.
  if (!examined.unproven || inherited !== null) return strangeFiles(present, rendered, inherited);
  // It says that it is ours, as it would if the database was restored: what would stay as it is needs nobody's word.
  return [...present.keys()].filter((path) => rendered.get(path)?.blobId !== present.get(path));
}

function messageOf(
  { reason, row, before, tree: { read, parts } }: Resync,
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
    readAt: read.beganAt,
  });
  return { ...message, authoredAt, rendering };
}

function notAdopted(strange: readonly string[], row: Mirror): Held {
  const examples = strange.slice(0, 3).join(', ');
  const place = row.subdirectory === '' ? 'the repository' : `${row.subdirectory}/`;
  return {
    kind: 'held',
    code: 'not_adopted',
    message:
      `${strange.length} files are already in the folders that the mirror would own in ${place} (${examples}, …). ` +
      'Look at the preview; then approve the mirror, or give it another subdirectory.',
  };
}
