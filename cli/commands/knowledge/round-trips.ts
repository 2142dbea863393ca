import { join } from 'node:path';
import { findFrontMatter } from '../../../knowledge/front-matter/front-matter.ts';
import { readEntryBytes } from '../../../knowledge/entries/read-entry.ts';
import { roundTrip } from '../../../knowledge/entries/round-trip.ts';
import type { Kind } from '../../../model/knowledge/entry.ts';
import type { Said } from '../../client/client-command.ts';
import { oneLine } from '../../client/layout.ts';
import { filesBelow, readBytes } from './working-copy.ts';

/** A kind for any Markdown file: its fields do not matter here. */
const anyKind: Kind = {
  ...{ name: 'any', folder: '', file: null, format: 'markdown', titleField: 'title' },
  ...{ schema: {}, indexFields: [], personal: false },
};

/** Tries out edits of every Markdown file in a folder, in memory, and reports the results. */
export async function tryRoundTrips(folder: string): Promise<Said> {
  // `plain`: files without front matter; `unreadable`: not UTF-8, or too large; the rest counts
  // edits, one per value.
  const total = { files: 0, plain: 0, unreadable: 0, unchanged: 0, edited: 0, refused: 0 };
  const wrong: { path: string; pointer: string; what: string }[] = [];
  for (const path of await filesBelow(folder, '')) {
    if (!/\.(?:md|markdown)$/i.test(path)) continue;
    total.files += 1;
    const { text } = readEntryBytes(await readBytes(join(folder, path)), anyKind);
    if (text === null) {
      total.unreadable += 1;
      continue;
    }
    const fences = findFrontMatter(text);
    if ('code' in fences && fences.code === 'no_front_matter') {
      total.plain += 1;
      continue;
    }
    const tried = roundTrip(text, anyKind);
    total.unchanged += tried.unchanged;
    total.edited += tried.edited;
    total.refused += tried.refused;
    wrong.push(...tried.wrong.map((one) => ({ path, ...one })));
  }
  const { files, plain, unreadable, unchanged, edited, refused } = total;
  const edits = edited + refused + wrong.length;
  const share = edits === 0 ? '' : ` (${((100 * edited) / edits).toFixed(2)} %)`;
  const lines = [
    ...wrong.map(({ path, pointer, what }) =>
      oneLine(`${join(folder, path)}: ${pointer === '' ? '' : `${pointer}: `}${what}`),
    ),
    `files             ${files}`,
    `no front matter   ${plain}`,
    `not readable      ${unreadable}`,
    `saved unchanged   ${unchanged}`,
    `edited exactly    ${edited}${share}`,
    `refused           ${refused}`,
    `wrong             ${wrong.length}`,
  ];
  return {
    json: { ...total, wrong },
    text: `${lines.join('\n')}\n`,
    exitCode: wrong.length === 0 ? 0 : 1,
  };
}
