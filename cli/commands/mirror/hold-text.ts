import type { Answer } from '../../client/answers.ts';
import { count, facts, oneLine, table } from '../../client/layout.ts';

type Hold = Answer<'GET /v1/projects/:project/mirrors/:branch/hold'>;

/** What a held mirror found, what approving would do, and how to approve exactly that. */
export function holdText(hold: Hold): string {
  const { code, message, since, removal, tip, lastCommit, commits, files } = hold;
  if (removal !== null) return removalText(hold, removal);
  const isKept = lastCommit?.isReachable === true ? 'still in the branch' : 'not in the branch';
  return [
    facts([
      ['held since', `${since} (${code})`],
      ['reason', message],
      ['last commit', lastCommit && `${lastCommit.sha} of ${lastCommit.committedAt}, ${isKept}`],
      ['branch', tip === null ? 'does not exist' : `${tip.sha} ${tip.subject}`],
    ]),
    table(
      ['commit', 'at', 'by', 'subject'],
      commits.items.map(({ sha, authoredAt, author, subject }) => [
        ...[sha.slice(0, 12), authoredAt],
        ...[author.name, subject],
      ]),
      'There are no other commits since.',
    ) + (commits.hasMore ? '\nThere are more.' : ''),
    ...section('Approving would overwrite', files.replaces),
    ...section('Approving would remove', files.removes),
    ...section('Approving would write again', files.adds),
    ...section(
      'These are in its folders; `mirrors preview` tells which approving would overwrite or remove:',
      files.unjudged,
    ),
    `To approve exactly this: mirrors approve PROJECT BRANCH --tip ${tip?.sha ?? 'none'}`,
  ].join('\n\n');
}

function removalText(
  { code, message, since, files }: Hold,
  { id, total }: NonNullable<Hold['removal']>,
): string {
  return [
    facts([
      ['held since', `${since} (${code})`],
      ['reason', message],
    ]),
    ...section(`Approving would remove, of ${total},`, files.removes),
    `To approve exactly this: mirrors approve PROJECT BRANCH --removal ${id}`,
  ].join('\n\n');
}

function section(title: string, { count: all, first }: Hold['files']['adds']): string[] {
  if (all === 0) return [];
  const heading = title.endsWith(':') ? title : `${title} ${count(all, 'file', 'files')}:`;
  const rest = all > first.length ? [`  and ${all - first.length} more`] : [];
  return [[heading, ...first.map((path) => `  ${oneLine(path)}`), ...rest].join('\n')];
}
