import type { EntryProblem } from '../../model/knowledge/entry.ts';

/** The problems with which the fields of a file are not known. */
const codes: ReadonlySet<EntryProblem['code']> = new Set([
  'unparsable',
  'no_front_matter',
  'not_utf8',
  'too_large',
  'lfs_pointer',
]);

/** Whether a file with these problems may have any fields. */
export function isUnreadable(problems: readonly Pick<EntryProblem, 'code'>[]): boolean {
  return problems.some(({ code }) => codes.has(code));
}
