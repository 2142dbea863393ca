import type { JsonValue } from '../../../model/knowledge/entry.ts';

/** What a search box's text asks for; all of it must be so. */
export interface SearchQuery {
  /** Words and phrases of the full text, as typed. */
  words: string[];
  /** Fields (`owners.email` is one of objects, or of a list of them) and their values; a list has to hold the value. */
  fields: { field: string; values: JsonValue[] }[];
}

// `https://…` is no field.
const term =
  /(?:([A-Za-z_][\w-]{0,63}(?:\.[A-Za-z_][\w-]{0,63}){0,2}):(?!\/\/))?(?:"([^"]*)"|(\S+))/gu;
const mostTerms = 20;

/**
 * Takes a search apart: `acme tier:gold owners.name:"Eva Nová"`. A value of a field that reads as a number, `true`, `false` or
 * `null` is looked for as that and as text. What is beyond twenty terms counts for nothing, and so does a word without letters
 * and digits.
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
