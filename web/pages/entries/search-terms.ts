/*
 * The search box has the syntax of the API: words, and fields as `name:value`, with quotes around what has spaces. Buttons
 * write there what they mean, so that one sees it, and can change it and take it away.
 */

/** A term for a field that has this value. Quotes and control characters cannot be asked for, so they become spaces. */
export function fieldTerm(field: string, value: string): string {
  return `${field}:"${value.replaceAll(/["\p{Cc}]/gu, ' ').trim()}"`;
}

/** Whether a search has this term. */
export function hasTerm(text: string, term: string): boolean {
  return ` ${text} `.includes(` ${term} `);
}

/** The search with the term, once. */
export function withTerm(text: string, term: string): string {
  return hasTerm(text, term) ? text : `${text.trim()} ${term}`.trim();
}

/** The search without the term. */
export function withoutTerm(text: string, term: string): string {
  return ` ${text} `.replaceAll(` ${term} `, ' ').trim();
}
