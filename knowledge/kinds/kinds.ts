import { validate as isUuid } from 'uuid';
import type { Kind } from '../../model/knowledge/entry.ts';
import { isInPlace, placeOf } from './kind-place.ts';
import {
  categorySchema,
  customerSchema,
  documentSchema,
  documentTemplateSchema,
  environmentSchema,
  promptBlockSchema,
  skillSchema,
  slideTemplateSchema,
  systemPromptSchema,
} from './kind-schemas.ts';
import { slugOf } from './slug.ts';

const markdown = { file: null, format: 'markdown', personal: false } as const;

/** The kinds that every space has. */
export const builtInKinds: readonly Kind[] = [
  {
    ...markdown,
    name: 'skill',
    folder: 'skills',
    titleField: 'title',
    schema: skillSchema,
    indexFields: ['categories', 'active', 'updated'],
  },
  {
    ...markdown,
    name: 'customer',
    folder: 'customers',
    titleField: 'name',
    schema: customerSchema,
    indexFields: ['industry', 'region', 'tier', 'salesforceId', 'active', 'updated'],
    personal: true,
  },
  {
    ...markdown,
    name: 'system-prompt',
    folder: 'prompts/system',
    titleField: 'name',
    schema: systemPromptSchema,
    indexFields: ['category', 'updated'],
    includes: true,
  },
  {
    ...markdown,
    name: 'prompt-block',
    folder: 'prompts/blocks',
    titleField: 'name',
    schema: promptBlockSchema,
    indexFields: ['category', 'active', 'sortOrder'],
    includes: true,
  },
  {
    ...markdown,
    name: 'slide-template',
    folder: 'templates/slides',
    titleField: 'name',
    schema: slideTemplateSchema,
    indexFields: ['type', 'format', 'active', 'updated'],
    includes: true,
  },
  {
    ...markdown,
    name: 'document-template',
    folder: 'templates/documents',
    titleField: 'name',
    schema: documentTemplateSchema,
    indexFields: ['type', 'format', 'active', 'updated'],
    includes: true,
  },
  {
    ...markdown,
    name: 'document',
    folder: 'documents',
    titleField: 'title',
    schema: documentSchema,
    indexFields: ['filename', 'fileType', 'fileSize', 'uploadedAt'],
  },
  {
    ...markdown,
    name: 'environment',
    folder: 'environments',
    titleField: 'name',
    schema: environmentSchema,
    indexFields: ['protected', 'ref', 'commit', 'updated'],
  },
  {
    name: 'category',
    folder: '',
    file: 'categories/metadata.json',
    format: 'json',
    titleField: 'title',
    schema: categorySchema,
    indexFields: [],
    personal: false,
  },
];

/**
 * All kinds of a space: the built-in ones and its own. Its own kinds replace built-in ones with the same
 * name, but personal data stays personal, even in a folder inside theirs: someone who can push must not
 * thereby decide who can read about people.
 */
export function kindsOf(own: readonly Kind[]): Kind[] {
  const names = new Set(own.map(({ name }) => name));
  return [...builtInKinds.filter(({ name }) => !names.has(name)), ...own.map(carefulKind)];
}

/** A kind as it is used: what is named like a built-in kind with personal data, or is inside its folder, has such data. */
export function carefulKind(kind: Kind): Kind {
  return { ...kind, personal: kind.personal || isOfPersons(kind) };
}

function isOfPersons(one: Kind): boolean {
  return builtInKinds.some(
    (kind) => kind.personal && (kind.name === one.name || isInPlace(kind, placeOf(one))),
  );
}

/**
 * The kind of a file, judging by its path (from the repository's root), or `null` if it is not an entry. The
 * longest matching folder counts. Names below the root that begin with `.` or `_` are not entries, nor is
 * `README.md`.
 */
export function kindOfPath(kinds: readonly Kind[], root: string, path: string): Kind | null {
  const prefix = root === '' ? '' : `${root}/`;
  if (!path.startsWith(prefix)) return null;
  const below = path.slice(prefix.length);
  if (below.split('/').some((part) => /^[._]/.test(part))) return null;
  const byFile = kinds.find(({ file }) => file === below);
  if (byFile) return byFile;
  if (/(?:^|\/)readme\.\w+$/i.test(below)) return null;
  const innermost = kinds
    .filter(({ file, folder }) => file === null && below.startsWith(`${folder}/`))
    .reduce<Kind | null>(
      (longest, kind) => (kind.folder.length > (longest?.folder.length ?? -1) ? kind : longest),
      null,
    );
  const extension = /\.([^./]+)$/.exec(below)?.[1]?.toLowerCase() ?? '';
  return innermost !== null && extensionsOf(innermost).includes(extension) ? innermost : null;
}

const usualExtensions = ['md', 'markdown'];

function extensionsOf({ extensions }: Kind): readonly string[] {
  return extensions ?? usualExtensions;
}

/**
 * The path of a new entry, from the slug that was given, or else its title, or else its id. If neither has a letter, it is
 * named after its kind rather than after an id that nobody chose.
 */
export function pathForNew(
  kind: Kind,
  root: string,
  { slug, title, id }: { slug: string | null; title: string; id: string },
): string {
  const slugs = [slug ?? '', title, isUuid(id) ? '' : id].map(slugOf);
  const name = slugs.find((one) => one !== '') ?? slugOf(kind.name);
  const below = kind.file ?? `${kind.folder}/${name}.${extensionsOf(kind)[0] ?? 'md'}`;
  return root === '' ? below : `${root}/${below}`;
}
