import { cut, textLines } from '../../../model/text/outside-text.ts';

const maxCharacters = 200;

/** The first line of a description that is not empty, at most 200 characters. `''` if there is none. */
export function firstLine(description: string): string {
  // Only the start of a long text is searched: a first line that matters comes early.
  return cut(textLines(description.slice(0, 4_000))[0] ?? '', maxCharacters);
}
