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
    'A commit is one window of changes. Its author made the first change, and `Co-authored-by` names the others. The author date is the time',
    'of the last change in the platform. The body lists each change (component, id, version, time, author, their description). Trailers:',
    '',
    '| trailer | meaning |',
    '| --- | --- |',
    `| \`Gitward-Stream\` | the mirror: \`${stream}\` |`,
    '| `Gitward-Batches` | ids of the windows that the commit contains |',
    '| `Gitward-Through` | the number of the last change that it contains |',
    '| `Gitward-Reason` | why it was made: `changes`; `catch-up` (found by comparison); `initial`, `adopt`, `recovery` (a complete tree); `policy` (settings of the mirror changed); `samples` (samples were added or removed); `retention` (old job runs were removed); `drift` (files differed from the platform); `ended` (the last one of a merged or deleted branch) |',
    '| `Gitward-Installation` | the installation of Gitward that wrote it |',
    '',
    '```sh',
    `git log --grep '^Gitward-Stream: ${stream}$'                  # all commits of this mirror`,
    'git log -p --follow -- <path>/config.json                    # a file’s history, across renames',
    "git log --format='%h %aI %an%n  %s%n  %(trailers:key=Co-authored-by,valueonly,separator=%x2C )' -- <path>",
    "git log --format='%h %aI %(trailers:key=Gitward-Reason,valueonly,separator=%x2C) %s'",
    "git log --grep '^Gitward-Reason: catch-up$' --stat           # changes that were found, not reported",
    "git log --grep '^Gitward-Batches: .*<batch id>'              # the commit of a batch",
    "git log --author='<e-mail>' --since='2 weeks ago' --stat     # what a person did",
    "git log -S'<text>' --oneline -- configs                      # when a text was added or removed",
    ...(isDefault
      ? []
      : [
          'git diff -M <Git branch of the default branch> HEAD -- configs   # what is different in this development branch',
        ]),
    'git diff -M "$(git rev-list -1 --before=\'<date>\' HEAD)" HEAD -- configs',
    '```',
  ];
}
