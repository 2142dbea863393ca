/**
 * An id from a configuration's content as a sentence of ours may name it. Content can hold anything,
 * a secret or a megabyte as well: what is no usual id is not repeated.
 */
export function namedId(id: string): string {
  return /^[A-Za-z0-9._-]{1,100}$/.test(id) ? id : '(an unusual id)';
}
