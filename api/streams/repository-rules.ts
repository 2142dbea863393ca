/**
 * What is wrong with the short name of a Git branch, or `null`: the rules of git-check-ref-format(1)
 * for `refs/heads/<name>`, and `HEAD`, which Git itself refuses as a branch.
 */
export function branchNameFault(name: string): string | null {
  // eslint-disable-next-line no-control-regex -- controls are what is refused
  if (/[\u0000-\u0020\u007f~^:?*[\\]/.test(name))
    return 'has a space, a control character or one of ~ ^ : ? * [ \\, which Git forbids in a branch';
  if (hasHalfCharacter(name)) return halfCharacter;
  if (name.includes('..') || name.includes('@{')) return 'has ".." or "@{", which Git forbids';
  if (name.startsWith('-')) return 'begins with "-"';
  if (name.endsWith('.')) return 'ends with "."';
  if (name === '@' || name === 'HEAD') return `"${name}" is no name for a branch`;
  for (const part of name.split('/')) {
    if (part === '') return 'begins or ends with "/", or has "//"';
    if (part.startsWith('.') || part.endsWith('.lock'))
      return 'has a part that begins with "." or ends with ".lock", which Git forbids';
  }
  return null;
}

/**
 * What is wrong with a folder inside a repository, or `null` (`''` is its root). No part may lead out
 * of the repository or into Git's own folder, on any file system: HFS+ ignores some characters, NTFS
 * has `git~1`, trailing dots and streams (Git's own `verify_path`, CVE-2014-9390).
 */
export function subdirectoryFault(path: string): string | null {
  if (path === '') return null;
  // eslint-disable-next-line no-control-regex -- controls are what is refused
  if (/[\u0000-\u001f\u007f\\]/.test(path)) return 'has a backslash or a control character';
  if (hasHalfCharacter(path)) return halfCharacter;
  if (/^[A-Za-z]:/.test(path)) return 'begins like a drive; give a folder inside the repository';
  for (const part of path.split('/')) {
    if (part === '') return 'begins or ends with "/", or has "//"; write it like "platform/prod"';
    if (part === '.' || part === '..') return 'has "." or ".."';
    if (isGitFolder(part)) return `has "${part}", which some systems take for ".git"`;
  }
  return null;
}

const halfCharacter = 'has half of a surrogate pair, which is no character';

/** JSON can write it, UTF-8 cannot: what was stored would be another name. */
function hasHalfCharacter(text: string): boolean {
  return /\p{Surrogate}/u.test(text);
}

function isGitFolder(part: string): boolean {
  const seen = part
    // What HFS+ ignores in a name.
    .replace(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/gu, '')
    .toLowerCase()
    // What NTFS leaves off at the end of a name, and what it takes for a stream.
    .replace(/:.*$/, '')
    .replace(/[. ]+$/, '');
  return seen === '.git' || seen === 'git~1';
}
