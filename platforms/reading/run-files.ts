import { textLines } from '../../model/text/outside-text.ts';
import { fieldsOf, parsed, textOf } from './json-shapes.ts';
import type { FileParser, TreeFiles } from './layout-reading.ts';

/** What a run's file says of how the run ended: the first line of its error that is not blank. */
const runFile: FileParser<{ error: string | null }> = {
  name: 'error of a run',
  parse(text) {
    const { message } = fieldsOf(fieldsOf(parsed(text)).error);
    return { error: textLines(textOf(message) ?? '')[0] ?? null };
  },
};

/** Why a run failed, by its file: see `LayoutReading.runError`. */
export async function readRunError(path: string, tree: TreeFiles): Promise<string | null> {
  return (await tree.read(path, runFile))?.error ?? null;
}
