import { textLines } from '../../model/text/outside-text.ts';
import { fieldsOf, parsed, textOf } from './json-shapes.ts';
import type { FileParser } from './layout-reading.ts';

/** What a run's file says of how the run ended: the first line of its error that is not blank. */
export const runError: FileParser<{ error: string | null }> = {
  name: 'error of a run',
  parse(text) {
    const { message } = fieldsOf(fieldsOf(parsed(text)).error);
    return { error: textLines(textOf(message) ?? '')[0] ?? null };
  },
};
