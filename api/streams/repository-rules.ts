/**
 * What is wrong with the short name of a Git branch, or `null`. The rules are those of
 * git-check-ref-format(1) for `refs/heads/<name>`; `HEAD` is refused too, as Git itself does.
 */
export function branchNameFault(name: string): string | null {
  // eslint-disable-next-line no-control-regex -- controls are what is refused
  if (/[\u0000-\u0020\u007f~^:?*[\\]/.test(name))
    return 'contains a space, a control character or one of ~ ^ : ? * [ \\, which Git does not allow in a branch name';
  if (hasHalfCharacter(name)) return halfCharacter;
  if (misleads(name)) return misleading;
  const short = /^refs\/heads\/(.+)$/.exec(name)?.[1];
  if (short !== undefined) return `is a full reference; give the short name "${short}"`;
  if (name.startsWith('refs/')) return 'is a reference that is not a branch';
  if (name.includes('..') || name.includes('@{'))
    return 'contains ".." or "@{", which Git does not allow';
  if (name.startsWith('-')) return 'starts with "-"';
  if (name.endsWith('.')) return 'ends with "."';
  if (name === '@' || name === 'HEAD') return `"${name}" is not a valid branch name`;
  for (const part of name.split('/')) {
    if (part === '') return 'starts or ends with "/", or contains "//"';
    if (part.startsWith('.') || part.endsWith('.lock'))
      return 'has a part that starts with "." or ends with ".lock", which Git does not allow';
    // Git stores it as a file, and locks it by a file whose name is five bytes longer.
    if (Buffer.byteLength(part) > longestName - '.lock'.length) return tooLong;
  }
  return null;
}

/**
 * What is wrong with a folder inside a repository, or `null` (`''` is the root). No part may lead
 * out of the repository or into Git's own folder on any file system: HFS+ ignores some characters;
 * NTFS has `git~1`, trailing dots and streams (see Git's own `verify_path` and CVE-2014-9390). Nor
 * may it be a name that Git reads as a file, that Windows cannot create ("Naming Files, Paths, and
 * Namespaces" in Microsoft's documentation), or that looks like another one.
 */
export function subdirectoryFault(path: string): string | null {
  if (path === '') return null;
  // eslint-disable-next-line no-control-regex -- controls are what is refused
  if (/[\u0000-\u001f\u007f\\]/.test(path)) return 'contains a backslash or a control character';
  if (hasHalfCharacter(path)) return halfCharacter;
  if (misleads(path)) return misleading;
  if (/^[A-Za-z]:/.test(path))
    return 'starts like a drive letter; give a folder inside the repository';
  for (const part of path.split('/')) {
    if (part === '')
      return 'starts or ends with "/", or contains "//"; write it like "platform/prod"';
    if (part === '.' || part === '..') return 'contains "." or ".."';
    const name = asStored(part);
    if (name === '.git' || name === 'git~1')
      return `contains "${part}", which some systems treat as ".git"`;
    if (name === '.gitmodules') return `contains "${part}", which Git reads as a file`;
    if (/[<>:"|?*]/.test(part) || /[. ]$/.test(part) || device.test(name))
      return `contains "${part}", which Windows cannot create`;
    if (Buffer.byteLength(part) > longestName) return tooLong;
  }
  return null;
}

const halfCharacter = 'contains half of a surrogate pair, which is not a character';

/** JSON can represent it, UTF-8 cannot: a different name would be stored. */
function hasHalfCharacter(text: string): boolean {
  return /\p{Surrogate}/u.test(text);
}

/** The longest name of a file in bytes, on the file systems that people use. */
const longestName = 255;
const tooLong = `has a part of more than ${longestName} bytes`;

const misleading = 'contains characters that change the direction of text, which hide its name';

function misleads(text: string): boolean {
  return /[\p{Bidi_Control}\p{Zl}\p{Zp}]/u.test(text);
}

/** Names of devices, with any extension: Windows cannot create files with them. */
const device =
  /^(?:con|prn|aux|nul|conin\$|conout\$|com[1-9\u00b9\u00b2\u00b3]|lpt[1-9\u00b9\u00b2\u00b3])(?:\.|$)/;

/** The name that a file system may make of this one. */
function asStored(part: string): string {
  return (
    part
      // Characters that HFS+ ignores in names.
      .replace(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/gu, '')
      .toLowerCase()
      // What NTFS drops at the end of a name, and what it reads as a stream.
      .replace(/:.*$/, '')
      .replace(/[. ]+$/, '')
  );
}
