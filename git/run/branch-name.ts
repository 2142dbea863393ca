/**
 * Whether a text is the short name of a branch: it follows the rules of
 * `git check-ref-format --branch` and has at most 200 characters.
 */
export function isBranchName(name: string): boolean {
  if (name === '' || name.length > 200 || name === '@' || name === 'HEAD') return false;
  // eslint-disable-next-line no-control-regex -- controls are what is being refused
  if (/[\u0000-\u0020\u007f~^:?*[\\]/.test(name)) return false;
  if (name.includes('..') || name.includes('@{') || name.endsWith('.') || name.startsWith('-'))
    return false;
  return name
    .split('/')
    .every((part) => part !== '' && !part.startsWith('.') && !part.endsWith('.lock'));
}
