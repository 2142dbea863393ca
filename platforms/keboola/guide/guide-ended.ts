import type { MirrorEnding } from '../../../model/mirror/branches.ts';
import { cut, oneLine } from '../../../model/text/outside-text.ts';

/**
 * The first chapter of the guide of a branch that no longer exists: what happened to it, when, and by whom.
 */
export function endedChapter({ kind, at, by }: MirrorEnding): string[] {
  const who = cut(oneLine(by ?? ''), 100).replaceAll('`', "'");
  const time = at.replace(/\.\d+Z$/, 'Z');
  // The end of the branch was not reported: the platform was asked and no longer had the branch.
  const when = who === '' ? `found at ${time}` : `at ${time} by \`${who}\``;
  const what =
    kind === 'merged'
      ? `**This branch was merged in the platform** (${when}), and no longer exists there.`
      : `**This branch was deleted in the platform** (${when}).`;
  const look =
    kind === 'merged'
      ? ['Its changes are in the default branch: see the Git branch of that branch’s mirror.']
      : ['Its changes exist nowhere else, unless someone made them in another branch too.'];
  return [
    '## This Git branch is history',
    '',
    what,
    'The files show the branch as it was when it was last read, and they are no longer updated. The platform has no such branch to',
    'compare them with, to query or to run.',
    ...look,
  ];
}
