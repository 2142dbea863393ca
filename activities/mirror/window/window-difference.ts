import type { RenderFindings } from '../../../db/mirror/mirror-marks.ts';
import type { Mirror } from '../../../db/mirror/mirrors.ts';
import type { RenderedEntry } from '../../../db/mirror/rendered-files.ts';
import type { CommitReason } from '../../../model/streams/commit.ts';
import { treeDifference, type TreeDifference } from '../../../model/mirror/difference.ts';
import type { Change } from '../../../model/mirror/events.ts';
import type { ObjectKey, RenderedFile } from '../../../model/platform/tree.ts';
import type { PlatformLayout } from '../../../platforms/platform.ts';
import type { RenderedView } from './render-view.ts';
import { isOfPart, type PartsOutcome } from '../parts/tree-parts.ts';

/** The part of the tree that a window wrote, as it may be stored. */
interface Written {
  files: ReadonlyMap<string, RenderedFile>;
  /** Files of the parts to remove. */
  leaving: PartsOutcome['removed'];
}

/** The same part in the previous rendered state: path → entry. */
interface Before {
  /** All files of the groups that were rendered. */
  project: ReadonlyMap<string, RenderedEntry>;
  /** The files of the parts that the window names. */
  parts: ReadonlyMap<string, RenderedEntry>;
}

/** The difference from the rendered state, and what happens to its entries. */
export function windowDifference(
  { files, leaving: removedParts }: Written,
  before: Before,
): {
  difference: TreeDifference;
  entries: { written: RenderedFile[]; removed: RenderedEntry[] };
} {
  const leaving = new Set(removedParts.map(({ path }) => path));
  const entries = [...before.project, ...before.parts];
  const present = new Map(entries.map(([path, { blobId }]) => [path, blobId]));
  const difference = treeDifference(
    files,
    present,
    (path) => before.project.has(path) || leaving.has(path),
  );
  const removed = new Set(difference.removed);
  const known = new Map(entries);
  // A path may move from one object to another, with the same bytes or different ones.
  const moved = [...files.values()].filter(({ path, owner }) => {
    const now = known.get(path);
    return now !== undefined && now.owner !== owner;
  });
  // Another secret in the same place: the same bytes, made from others.
  const remade = [...files.values()].filter(({ path, maskedFrom = null }) => {
    const now = known.get(path);
    return now !== undefined && (now.maskedFrom ?? null) !== maskedFrom;
  });
  const left = new Set(moved.map(({ path }) => path));
  return {
    difference,
    entries: {
      written: [...new Set([...difference.written, ...moved, ...remade])],
      removed: entries
        .map(([, entry]) => entry)
        .filter(({ path }) => removed.has(path) || left.has(path)),
    },
  };
}

/** The reason for a window's commit. */
export function windowReason(
  taken: readonly Change[],
  difference: TreeDifference,
  layout: PlatformLayout,
): CommitReason {
  if (taken.length > 0) return 'changes';
  const { written, removed } = difference;
  const runsLeave = removed.some((path) => path.startsWith('jobs/'));
  const onlyThat =
    removed.every((path) => isRunOrSummary(path)) &&
    written.every(({ owner }) => owner.startsWith('job-summary/') || isOfSummary(owner, layout));
  return runsLeave && onlyThat ? 'retention' : 'catch-up';

  // When runs are removed, so is what only they showed about tables.
  function isRunOrSummary(path: string): boolean {
    return path.startsWith('jobs/') || isInSummaries(path, layout);
  }
}

/** For what the window did not check, the status keeps showing what was found before. */
export function windowFindings(
  before: Pick<Mirror, 'warnings' | 'replacedSecrets'>,
  { rendering, summaries }: RenderedView,
  parts: PartsOutcome,
  layout: PlatformLayout,
): RenderFindings {
  const written = [...parts.files, ...parts.removed];
  const told = new Set([...written, ...parts.warnings].map(({ owner }) => owner));
  const rewritten = new Set(written.map(({ path }) => path));
  const staysKind = (owner: ObjectKey): boolean =>
    isOfPart(owner)
      ? !told.has(owner) && !parts.tells(owner)
      : !summaries && isOfSummary(owner, layout);
  const staysPath = (path: string): boolean =>
    partPlaces.test(path) ? !rewritten.has(path) : !summaries && isInSummaries(path, layout);
  return {
    warnings: [
      ...rendering.warnings,
      ...before.warnings.filter(({ owner }) => staysKind(owner)),
      ...parts.warnings,
    ],
    replacedSecrets: [
      ...rendering.replacedSecrets,
      ...before.replacedSecrets.filter(({ path }) => staysPath(path)),
      ...parts.replacedSecrets,
    ],
  };
}

const partPlaces = /^(?:jobs|storage\/samples)\//;

function isInSummaries(path: string, { summaries }: PlatformLayout): boolean {
  return summaries.folders.some((folder) => path.startsWith(`${folder}/`));
}

function isOfSummary(owner: ObjectKey, { summaries }: PlatformLayout): boolean {
  return summaries.kinds.includes(owner.slice(0, owner.indexOf('/')));
}
