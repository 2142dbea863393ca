import { isDeepStrictEqual } from 'node:util';
import type { EntryFields, JsonValue, Kind } from '../../model/knowledge/entry.ts';
import { editEntry, writeEntry, type EditResult } from './edit-entry.ts';
import { findFrontMatter } from '../front-matter/front-matter.ts';
import { lineEndOf } from '../front-matter/line-end.ts';
import { schemaProblems } from '../kinds/schema-problems.ts';
import { readEntry } from './read-entry.ts';

/** The result of filling: the added fields, and the text including them. */
export type FillResult =
  { kind: 'filled'; text: string; added: EntryFields } | Extract<EditResult, { kind: 'refused' }>;

/**
 * Adds what is missing from an entry and can be known: the given `id`, the title (from the first heading, or
 * else the file's name), and `active: true` if the kind has such a field. All other bytes stay. Values that
 * do not fit the kind's schema are not added.
 */
export function fillEntry(
  text: string,
  kind: Kind,
  { path, id }: { path: string; id: string },
): FillResult {
  const { fields, body } = readEntry(text, kind);
  let result: FillResult = { kind: 'filled', text, added: {} };
  for (const [name, value] of Object.entries(knowable(kind, { path, id, body }))) {
    if (!isMissing(fields, name) || !fits(kind, name, value)) continue;
    const added: EntryFields = { ...result.added, [name]: value };
    const edit = edited(text, kind, added);
    if (edit.kind === 'refused') return edit;
    const { problems } = readEntry(edit.text, kind);
    if (!problems.some(({ pointer }) => pointer === `/${name}`))
      result = { kind: 'filled', text: edit.text, added };
  }
  return result;
}

function knowable(
  kind: Kind,
  { path, id, body }: { path: string; id: string; body: string },
): EntryFields {
  const { titleField } = kind;
  return {
    // The single file of a kind is that entry without declaring an id.
    ...(kind.file === null ? { id } : {}),
    ...(has(kind, titleField) ? { [titleField]: headingOf(body) ?? nameOf(path) } : {}),
    ...(has(kind, 'active') ? { active: true } : {}),
  };
}

/** Whether the kind's schema allows a value, before it is written and might be read as another. */
function fits({ schema }: Kind, name: string, value: JsonValue): boolean {
  const problems = schemaProblems(schema, { [name]: value }, () => 1);
  return !problems.some(({ pointer }) => pointer === `/${name}`);
}

/** Whether the kind's schema mentions a field. */
function has({ schema: { properties, required } }: Kind, name: string): boolean {
  const isNamed =
    typeof properties === 'object' && properties !== null && Object.hasOwn(properties, name);
  return isNamed || (Array.isArray(required) && required.includes(name));
}

function isMissing(fields: EntryFields, name: string): boolean {
  const value: JsonValue | undefined = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return value === undefined || value === null || value === '';
}

function edited(text: string, kind: Kind, fields: EntryFields): EditResult {
  const fences = kind.format === 'json' ? null : findFrontMatter(text);
  return fences !== null && 'code' in fences && fences.code === 'no_front_matter'
    ? withFrontMatter(text, kind, fields)
    : editEntry(text, kind, { fields });
}

/** Adds front matter to a text that has none. */
function withFrontMatter(text: string, kind: Kind, fields: EntryFields): EditResult {
  const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
  const body = text.slice(mark.length);
  const head = writeEntry(kind, fields, '').replaceAll('\n', lineEndOf(text));
  const filled = mark + head + body;
  const read = readEntry(filled, kind);
  return read.body === body &&
    isDeepStrictEqual(Object.entries(read.fields).sort(), Object.entries(fields).sort())
    ? { kind: 'edited', text: filled }
    : {
        kind: 'refused',
        pointer: '',
        line: 1,
        message: 'With front matter, the file would be read differently: edit the text.',
      };
}

/** A longer heading is a text, not a title. */
const longestTitle = 200;

/** The first heading (`# …`) outside code blocks, without markup. `null` if there is none. */
function headingOf(body: string): string | null {
  let fence: string | null = null;
  for (const line of body.split('\n')) {
    const mark = /^ {0,3}(```|~~~)/.exec(line)?.[1] ?? null;
    if (mark !== null && (fence === null || fence === mark)) fence = fence === null ? mark : null;
    const heading =
      fence === null
        ? /^ {0,3}#{1,6}[ \t]+(\S.*)/.exec(line.slice(0, longestTitle))?.[1]
        : undefined;
    const words = heading === undefined ? '' : wordsOf(heading);
    if (words !== '') return words;
  }
  return null;
}

/** A heading without its markup. */
function wordsOf(heading: string): string {
  return heading
    .replace(/!?\[([^[\]]*)\]\([^()]*\)/g, '$1')
    .replace(/[*`]/g, '')
    .replace(/[\p{Cc}\p{Cf}\p{Surrogate}]/gu, ' ')
    .trim()
    .replace(/(?:^|[ \t])#+$/, '')
    .trim();
}

/** `customers/acme-corp.md` becomes "Acme corp". */
function nameOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
  const words = wordsOf(name.replace(/[-_]+/g, ' ')) || name;
  return words.charAt(0).toUpperCase() + words.slice(1);
}
