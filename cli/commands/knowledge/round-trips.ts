import { join } from 'node:path';
import { findFrontMatter } from '../../../knowledge/front-matter/front-matter.ts';
import { readEntryBytes } from '../../../knowledge/entries/read-entry.ts';
import { roundTrip } from '../../../knowledge/entries/round-trip.ts';
import type { Kind } from '../../../model/knowledge/entry.ts';
import { isMarkdownName } from '../../../knowledge/kinds/markdown-extensions.ts';
import type { Said } from '../../client/client-command.ts';
import { oneLine } from '../../client/layout.ts';
import { filesBelow, readBytes } from './working-copy.ts';

/** A kind for any Markdown file: its fields do not matter here. */
const anyKind: Kind = {
  ...{ name: 'any', folder: '', file: null, format: 'markdown', titleField: 'title' },
  ...{ schema: {}, indexFields: [], personal: false },
};

/** What is said about a place in a file. */
interface Place {
  path: string;
  line: number;
  pointer: string;
  message: string;
}

/** Tries out edits of every Markdown file in a folder, in memory, and reports the results. */
export async function tryRoundTrips(folder: string): Promise<Said> {
  // `plain`: files without front matter. `unchanged` counts files, `edited` values.
  const total = { files: 0, plain: 0, unchanged: 0, edited: 0 };
  const unreadable: Place[] = [];
  const refused: Place[] = [];
  const wrong: { path: string; pointer: string; what: string }[] = [];
  for (const path of await filesBelow(folder, '')) {
    if (!isMarkdownName(path)) continue;
    total.files += 1;
    const { text, problems } = readEntryBytes(await readBytes(join(folder, path)), anyKind);
    if (text === null) {
      unreadable.push(...problems.map((problem) => ({ path, ...problem })));
      continue;
    }
    const fences = findFrontMatter(text);
    if ('code' in fences && fences.code === 'no_front_matter') {
      total.plain += 1;
      continue;
    }
    const tried = roundTrip(text, anyKind);
    if (tried.unreadable !== null) unreadable.push({ path, ...tried.unreadable });
    total.unchanged += tried.unchanged;
    total.edited += tried.edited;
    refused.push(...tried.refused.map((one) => ({ path, ...one })));
    wrong.push(...tried.wrong.map((one) => ({ path, ...one })));
  }
  const { files, plain, unchanged, edited } = total;
  const values = edited + refused.length + wrong.length;
  const share = (part: number) =>
    values === 0 ? '' : ` (${((100 * part) / values).toFixed(2)} %)`;
  const at = ({ path, line, pointer, message }: Place) =>
    oneLine(`${join(folder, path)}:${line}: ${pointer === '' ? '' : `${pointer}: `}${message}`);
  const lines = [
    ...unreadable.map((place) => `${at(place)} (not readable)`),
    ...refused.map((place) => `${at(place)} (refused)`),
    ...wrong.map(({ path, pointer, what }) =>
      oneLine(`${join(folder, path)}: ${pointer === '' ? '' : `${pointer}: `}${what} (wrong)`),
    ),
    `files             ${files}`,
    `no front matter   ${plain}`,
    `not readable      ${unreadable.length}`,
    `saved unchanged   ${unchanged}`,
    `values            ${values}`,
    `edited exactly    ${edited}${share(edited)}`,
    `refused           ${refused.length}${share(refused.length)}`,
    `wrong             ${wrong.length}`,
  ];
  return {
    json: { ...total, values, unreadable, refused, wrong },
    text: `${lines.join('\n')}\n`,
    exitCode: wrong.length === 0 ? 0 : 1,
  };
}
