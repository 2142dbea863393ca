/**
 * An id from a configuration's content, for use in a message. The content may be anything, such as a secret
 * or a megabyte of text, so an unusual id is not repeated.
 */
export function namedId(id: string): string {
  return /^[A-Za-z0-9._-]{1,100}$/.test(id) ? id : '(an unusual id)';
}
