import type { JsonValue } from '../../../model/knowledge/entry.ts';

/** What the text of a search box asks for; all conditions must be met. */
export interface SearchQuery {
  /** Words and phrases to find in the full text, as typed. */
  words: string[];
  /**
   * Fields and their values (`owners.email` is a field of an object, or of the objects in a list);
   * a list must contain the value.
   */
  fields: { field: string; values: JsonValue[] }[];
}

// `https://…` is not a field.
const term =
  /(?:([A-Za-z_][\w-]{0,63}(?:\.[A-Za-z_][\w-]{0,63}){0,2}):(?!\/\/))?(?:"([^"]*)"|(\S+))/gu;
const mostTerms = 20;

/**
 * Parses a search such as `acme tier:gold owners.name:"Eva Nová"`. A field value that looks like a
 * number, `true`, `false` or `null` is searched for both as that and as text. Terms after the
 * twentieth are ignored, and so are words without letters or digits.
 */
export function parseSearch(text: string): SearchQuery {
  const query: SearchQuery = { words: [], fields: [] };
  const readable = text.replace(/[\p{Cc}\p{Surrogate}]/gu, ' ');
  for (const match of [...readable.matchAll(term)].slice(0, mostTerms)) {
    const [, field, quoted, bare] = match;
    const value = quoted ?? bare ?? '';
    if (field !== undefined)
      query.fields.push({ field, values: quoted === undefined ? readings(value) : [value] });
    else if (/[\p{L}\p{N}]/u.test(value)) query.words.push(value);
  }
  return query;
}

function readings(text: string): JsonValue[] {
  if (/^(?:true|false|null|-?\d{1,15}(?:\.\d{1,15})?)$/.test(text))
    return [text, JSON.parse(text.replace(/^(-?)0+(?=\d)/, '$1')) as JsonValue];
  return [text];
}
