import type { PlatformBranch } from '../../../model/platform/project.ts';
import { namedId } from '../layout/named-id.ts';

/** The chapter on what commits say about authors, batches and reasons, with commands to try. */
export function commitsChapter(
  projectId: string,
  { id, isDefault }: Pick<PlatformBranch, 'id' | 'isDefault'>,
): string[] {
  const stream = `mirror/${namedId(projectId)}/${namedId(id)}`;
  return [
    '## What changed, when, and by whom',
    '',
    'A commit is one window of changes. Its author made the first change, `Co-authored-by` names the others; the author date is the time of the',
    'last change in the platform. The body lists each change (component, id, version, time, author, what they said of it). Trailers:',
    '',
    '| trailer | says |',
    '| --- | --- |',
    `| \`Gitward-Stream\` | the mirror: \`${stream}\` |`,
    '| `Gitward-Batches` | ids of the windows that the commit holds |',
    '| `Gitward-Through` | the number of the last change that it holds |',
    '| `Gitward-Reason` | why it was made: `changes`; `catch-up` (found by comparing); `initial`, `adopt`, `recovery` (a whole tree); `policy` (settings of the mirror); `samples` (they came or went); `retention` (old job runs went); `drift` (files differed from the platform); `ended` (the last one of a branch that is gone) |',
    '| `Gitward-Installation` | which Gitward wrote it |',
    '',
    '```sh',
    `git log --grep '^Gitward-Stream: ${stream}$'                  # all commits of this mirror`,
    'git log -p --follow -- <path>/config.json                    # a file’s history, over renames',
    "git log --format='%h %aI %an%n  %s%n  %(trailers:key=Co-authored-by,valueonly,separator=%x2C )' -- <path>",
    "git log --format='%h %aI %(trailers:key=Gitward-Reason,valueonly,separator=%x2C) %s'",
    "git log --grep '^Gitward-Reason: catch-up$' --stat           # what nobody told of",
    "git log --grep '^Gitward-Batches: .*<batch id>'              # the commit of a batch",
    "git log --author='<e-mail>' --since='2 weeks ago' --stat     # what a person did",
    "git log -S'<text>' --oneline -- configs                      # when a text came or went",
    ...(isDefault
      ? []
      : [
          'git diff -M <Git branch of the default branch> HEAD -- configs   # what this development branch has otherwise',
        ]),
    'git diff -M "$(git rev-list -1 --before=\'<date>\' HEAD)" HEAD -- configs',
    '```',
  ];
}
