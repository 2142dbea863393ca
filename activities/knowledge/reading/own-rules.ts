import type { Space } from '../../../db/knowledge/spaces.ts';
import type { Clone } from '../../../git/clones/clone-types.ts';
import { pushedRules, type RulesFile } from '../../../knowledge/review/pushed-rules.ts';
import {
  isLikeRules,
  rulesElsewhere,
  rulesFolder,
  rulesPath,
} from '../../../knowledge/review/rules-file.ts';
import { unknownKinds } from '../../../knowledge/review/rules-in-force.ts';
import type { Kind } from '../../../model/knowledge/entry.ts';
import type { HeldRules, ReviewRule } from '../../../model/knowledge/review-rules.ts';
import { ProblemList, type SpaceProblems } from '../../../model/knowledge/space-problems.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import { filesWanted, under } from './file-paths.ts';

/** The rules of review that a file in the repository has, and what of it waits: see `db/schema/knowledge.ts`. */
export interface OwnRules {
  reviewRules: ReviewRule[];
  heldRules: HeldRules | null;
  /** The accepted digest if this reading used it up. */
  acceptedRules: string | null;
}

/** The rules in force after this commit, and what is wrong with their file. */
export async function readOwnRules(
  { readingLimits }: Pick<ActivityDependencies, 'readingLimits'>,
  { row, clone, sha }: { row: Space; clone: Clone; sha: string },
  kinds: readonly Kind[],
): Promise<OwnRules & { problems: SpaceProblems }> {
  const path = under(row.root, rulesPath);
  const wanted = filesWanted(readingLimits, (one) => isLikeRules(path, one));
  const files = await clone.changes(null, sha, under(row.root, rulesFolder), wanted);
  const blobId = files.find((file) => file.path === path)?.blobId ?? null;
  const file: RulesFile = { path, content: undefined };
  if (blobId !== null)
    for await (const { content } of clone.blobs([blobId])) file.content = content;
  const { rules, held, accepted, problems } = pushedRules(row.reviewRules, file, row.acceptedRules);
  const list = new ProblemList();
  for (const problem of problems) list.add({ kind: null, ...problem });
  for (const message of unknownKinds(rules, kinds)) list.add({ kind: null, path, message });
  for (const other of files)
    if (other.path !== path)
      list.add({
        kind: null,
        path: other.path,
        message: rulesElsewhere(path),
      });
  return {
    ...{ reviewRules: rules, heldRules: held, acceptedRules: accepted },
    problems: list.problems,
  };
}

/** Whether a change of this path may change the rules. */
export function isRulesChange(root: string, path: string): boolean {
  return path.startsWith(under(root, `${rulesFolder}/`));
}

/** Whether rules that wait were accepted, so that the branch must be looked at again. */
export function hasAcceptedRules({ heldRules, acceptedRules }: Space): boolean {
  return heldRules !== null && heldRules.digest === acceptedRules;
}
