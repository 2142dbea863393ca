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
      ? `**This branch was merged in the platform** (${when}), and is gone there.`
      : `**This branch was deleted in the platform** (${when}).`;
  const look =
    kind === 'merged'
      ? [
          'What it changed is in the default branch: look there, in the Git branch of its own mirror.',
        ]
      : ['What it changed is nowhere else, unless somebody made it in another branch too.'];
  return [
    '## This Git branch is history',
    '',
    what,
    'The files are as the branch was when it was last read, and nothing is written here any more. The platform has no branch',
    'to compare them with, to query or to run.',
    ...look,
  ];
}
