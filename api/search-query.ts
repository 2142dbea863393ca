import type { JsonValue } from '../model/entry.ts';

/** What a search box's text asks for; all of it must be so. */
export interface SearchQuery {
  /** Words of the full text, as typed. */
  words: string[];
  /** Fields and their values; a list has to hold the value. */
  fields: { field: string; values: JsonValue[] }[];
}

const term = /(?:([A-Za-z_][\w-]{0,63}):)?(?:"([^"]*)"|(\S+))/gu;
const mostTerms = 20;

/**
 * Takes a search apart: `acme tier:gold owner:"Eva Nová"`. A value of a field that reads as a number, `true`, `false` or `null`
 * is looked for as that and as text. What is beyond twenty terms counts for nothing.
 */
export function parseSearch(text: string): SearchQuery {
  const query: SearchQuery = { words: [], fields: [] };
  for (const match of [...text.matchAll(term)].slice(0, mostTerms)) {
    const [, field, quoted, bare] = match;
    const value = quoted ?? bare ?? '';
    if (field === undefined) query.words.push(...wordsOf(value));
    else query.fields.push({ field, values: quoted === undefined ? readings(value) : [value] });
  }
  return query;
}

function readings(text: string): JsonValue[] {
  if (/^(?:true|false|null|-?\d{1,15}(?:\.\d{1,15})?)$/.test(text))
    return [text, JSON.parse(text.replace(/^(-?)0+(?=\d)/, '$1')) as JsonValue];
  return [text];
}

/** The parts of a text that full text search knows as words. */
function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}
