/** The first line of a pointer, in today's form and in that of the first versions of Git LFS. */
const version = /^version https:\/\/(?:git-lfs\.github\.com|hawser\.github\.com)\/spec\/v1\r?\n/;
const oid = /\noid sha256:[0-9a-f]{64}\r?\n/;
const size = /\nsize \d+\r?\n?$/;
/** https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md: a pointer is smaller than this. */
const longest = 1024;

/** Whether a text is what Git has of a file whose content is stored with Git LFS. */
export function isLfsPointer(text: string): boolean {
  return text.length < longest && version.test(text) && oid.test(text) && size.test(text);
}

/** What is said about such a file. */
export const storedWithLfs =
  'The file is stored with Git LFS, so Git has only a pointer to its content. Change it with git, or take it out of Git LFS (.gitattributes).';
