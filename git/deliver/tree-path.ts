import { StreamFailure } from '../../model/streams/errors.ts';

/**
 * Paths without `.`, `..` or any spelling of `.git` in them. Nearly all paths match, and the check
 * is fast.
 */
const plain = /^[a-z0-9_][a-z0-9_.-]*(?:\/[a-z0-9_][a-z0-9_.-]*)*$/;

/**
 * Throws `StreamFailure('internal_error')` for a path that must never be in a tree: empty parts,
 * `.` and `..`, NUL, and every spelling of `.git` that a file system would take for it.
 * `git fast-import` writes such paths without complaining, and hosts then refuse the push (`git
 * fsck`: hasDotgit).
 */
export function checkTreePath(path: string): void {
  if (plain.test(path)) return;
  const bad =
    path.includes('\0') ||
    path.split('/').some((part) => part === '' || part === '.' || part === '..' || isDotGit(part));
  if (bad)
    throw new StreamFailure(
      'internal_error',
      `The path ${JSON.stringify(path)} cannot be in a Git tree. This is a bug in Gitward, please report it.`,
    );
}

/**
 * Whether a name is `.git`, also as HFS+ (which ignores some characters) and NTFS (streams,
 * trailing dots, short names) read it.
 */
function isDotGit(part: string): boolean {
  const seen = part
    .replace(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g, '')
    .replace(/[:\\].*$/s, '')
    .replace(/[ .]+$/, '')
    .toLowerCase();
  return seen === '.git' || seen === 'git~1';
}
