import type { Entry } from '../../../db/knowledge/entries.ts';
import { listNewestChecks, type PromptCheck } from '../../../db/knowledge/prompts/checks.ts';
import { checkedMove, type CheckedMove } from '../../../knowledge/environments/required-checks.ts';
import { promptKind } from '../../../knowledge/prompts/text-hints.ts';
import type { EntryFields } from '../../../model/knowledge/entry.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import type { AskedSave } from '../entries/asked-save.ts';
import type { SpaceAccess } from '../spaces/space-access.ts';
import { hasPassed } from './check-view.ts';
import { versionsIn, type VersionIn } from './versions-in.ts';

/** So many prompts are named in a message. */
const shown = 10;

/**
 * Throws 409 `checks_needed` if a save moves an environment that requires checks, by whatever request, so that it has a version of a prompt
 * that it did not have, and whose examples have not all passed. `head` is the version that the save starts from.
 */
export async function requireChecks(
  deps: ApiDeps,
  access: SpaceAccess,
  { id, kind, content, goesBackTo }: Pick<AskedSave, 'id' | 'kind' | 'content' | 'goesBackTo'>,
  head: Pick<Entry, 'headText'> | null,
): Promise<void> {
  const texts = { before: head?.headText ?? null, after: content?.text ?? null };
  const move = checkedMove(kind, texts);
  if (move === null) return;
  requireCommit(id, move);
  const known = await knownVersions(deps, access, id, move, goesBackTo);
  const after = withoutArms(move.after, goesBackTo);
  const added = (await versionsIn(deps, access, id, after)).filter(({ key }) => !known.has(key)); // prettier-ignore
  const versions = added.flatMap(({ version }) => version ?? []);
  const checks = await listNewestChecks(deps.db, { spaceId: access.row.id, versions });
  const newest = new Map(checks.map((check) => [check.version, check]));
  const missing = added.flatMap((one) => whatIsMissing(one, newest));
  if (missing.length > 0) throw checksNeeded(access, id, missing);
}

/** What follows a branch, or the present, changes without a save, so that nothing could be required. */
function requireCommit(id: string, { before, after }: CheckedMove): void {
  if (after.commit != null) return;
  const isAsBefore = before !== null && before.commit == null && (before.ref ?? null) === (after.ref ?? null); // prettier-ignore
  if (isAsBefore) return;
  throw new ApiProblem(
    409,
    'checks_needed',
    `${id} requires checks, so it has to point at a commit: what follows a branch changes without them.`,
  );
}

/** The versions that it has, and those that it had where it goes back to, if they were fixed by a commit. */
async function knownVersions(
  deps: ApiDeps,
  access: SpaceAccess,
  id: string,
  { before }: CheckedMove,
  goesBackTo: EntryFields | undefined,
): Promise<ReadonlySet<string>> {
  const earlier = goesBackTo?.commit == null ? [] : [goesBackTo];
  const known: VersionIn[] = [];
  for (const fields of [...(before === null ? [] : [before]), ...earlier])
    try {
      known.push(...(await versionsIn(deps, access, id, fields)));
    } catch (error) {
      // Nothing can be read by it.
      if (!(error instanceof ApiProblem) || error.code !== 'environment_broken') throw error;
    }
  return new Set(known.map(({ key }) => key));
}

/** A rollback moves no experiment, so that the versions in these are there already. */
function withoutArms(after: EntryFields, goesBackTo: EntryFields | undefined): EntryFields {
  return goesBackTo === undefined ? after : { ...after, experiments: null };
}

interface Missing {
  prompt: string;
  why: string;
}

function whatIsMissing(
  { prompt, version, fault }: VersionIn,
  newest: ReadonlyMap<string, PromptCheck>,
): Missing[] {
  if (version === null) return [{ prompt, why: fault ?? 'its examples cannot be run' }];
  const check = newest.get(version);
  if (check === undefined) return [{ prompt, why: 'its examples were not run' }];
  if (hasPassed(check)) return [];
  const { state, verdicts, id } = check;
  const counts = Object.entries(verdicts).map(([verdict, count]) => `${count} ${verdict.replace('_', ' ')}`); // prettier-ignore
  const how = state === 'done' ? '' : `is ${state}: `;
  return [
    { prompt, why: `the newest run, ${id}, ${how === '' ? 'has ' : how}${counts.join(', ')}` },
  ];
}

/** What is wrong with prompts is only told to those who may read them. */
function checksNeeded(access: SpaceAccess, id: string, missing: readonly Missing[]): ApiProblem {
  const isSeen = access.may('reader', promptKind);
  const named = missing.slice(0, shown).map(({ prompt, why }) => `${prompt}: ${why}.`);
  const more = missing.length > shown ? ` And ${missing.length - shown} more.` : '';
  const words = isSeen ? `${named.join(' ')}${more}` : 'You may not read these prompts: ask somebody who may.'; // prettier-ignore
  return new ApiProblem(
    409,
    'checks_needed',
    `${id} requires checks, and ${missing.length === 1 ? 'one version of a prompt' : `${missing.length} versions of prompts`} in this change has not passed them. ${words} Run them as they would be there: gitward knowledge prompts check SPACE PROMPT --env ${id} --from SOURCE, as in the promotion.`,
  );
}
