import { entryFile, spaceId, type Stage } from '../driver/stage.ts';
import { entryCount } from '../plan/plan-round.ts';
import { entryName } from '../driver/stage.ts';
import type { BranchHistory } from './branch-history.ts';

/**
 * Every accepted save was added to its entry once, by a commit of who saved it; the saves of an entry are in order; and
 * what is in Git is what the API shows.
 */
export async function saveProblems(
  { world: { db }, repositories, ledger }: Stage,
  history: BranchHistory,
): Promise<string[]> {
  const problems: string[] = [];
  for (const save of ledger.saves) {
    const added = history.added.get(save.mark) ?? [];
    const [commit] = added;
    if (added.length > 1)
      problems.push(
        `"${save.mark}" was added ${added.length} times: ${added.map(({ sha }) => sha).join(', ')}.`,
      );
    // Everybody writes in a place of their own, so what was saved on what the branch had clashes with nothing.
    if (save.inConflict && !save.mayClash)
      problems.push(`"${save.mark}" of ${save.person} is in a conflict.`);
    if (commit === undefined) {
      if (save.answer !== 'accepted' || save.inConflict) continue;
      if (save.mayBeLost) save.isLost = true;
      else problems.push(`"${save.mark}" of ${save.person} was accepted, and is in no commit.`);
    } else if (!commit.authors.includes(save.person))
      problems.push(
        `"${save.mark}" of ${save.person} is in ${commit.sha}, by ${commit.authors.join(', ')}.`,
      );
  }
  const rows = await db
    .selectFrom('entries')
    .select(['id', 'headText'])
    .where('spaceId', '=', spaceId)
    .execute();
  const heads = new Map(rows.map(({ id, headText }) => [id, headText]));
  for (let number = 0; number < entryCount; number++) {
    const name = entryName(number);
    const text = await repositories.space.read(entryFile(name));
    if (heads.get(name) !== text) problems.push(`${name} is not what is in Git.`);
    problems.push(...orderProblems(name, text, history));
  }
  return problems;
}

/** Each save is based on those above it, so the commits of the lines are in the order of the lines. */
function orderProblems(name: string, text: string, history: BranchHistory): string[] {
  const marks = [...text.matchAll(/^- (save .*)$/gm)].map(([, mark = '']) => mark);
  const positions = marks.map((mark) => history.added.get(mark)?.[0]?.position ?? -1);
  const at = positions.findIndex((position, index) => position < (positions[index - 1] ?? -1));
  return at < 0
    ? []
    : [`${name}: "${marks[at]}" is below "${marks[at - 1]}", but its commit is before it.`];
}
