import { cut, textLines } from '../../../model/text/outside-text.ts';

const maxCharacters = 200;

/** What a description says first: its first line that is not empty, at most 200 characters; else `''`. */
export function firstLine(description: string): string {
  // Long texts are not looked through to their ends: a first line that matters comes early.
  return cut(textLines(description.slice(0, 4_000))[0] ?? '', maxCharacters);
}
