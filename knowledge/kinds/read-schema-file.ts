import { markdownExtensions } from './markdown-extensions.ts';
import type { JsonSchema, JsonValue, Kind } from '../../model/knowledge/entry.ts';
import { lineAt } from '../front-matter/front-matter.ts';
import { BadJson, JsonDocument, offsetInJson } from '../front-matter/json-document.ts';
import { pointerToken } from '../../model/text/json-pointer.ts';
import { BadSchema, judgeSchema } from './judge-schema.ts';
import { builtInKinds } from './kinds.ts';
import { schemaProblems } from './schema-problems.ts';

/** The folder of a space's own kinds, relative to its root: `<root>/.schemas/<kind>.json`. */
export const schemaFolder = '.schemas';

const maxSchemaBytes = 64 * 1024;
/** The maximum depth of the JSON, so that nothing that walks through it can overflow the stack. */
const deepestJson = 64;

/**
 * Whether a file of the repository is meant to describe a kind. The folder may also contain others, such as a
 * README.
 */
export function isSchemaPath(root: string, path: string): boolean {
  return (
    path.startsWith(`${root === '' ? '' : `${root}/`}${schemaFolder}/`) && path.endsWith('.json')
  );
}

/**
 * The kind that a schema file of the repository describes: a JSON Schema (draft 2020-12) with our settings in
 * `x-gitward` (`folder` or `file`, `title`, `index`, `personal`, `includes`, `extensions`). `content` is `null` if the file is too
 * large to be read. For a file that cannot be used, the problem says why and what to do, and the line where. Other files
 * are not affected.
 */
export function readSchemaFile(
  path: string,
  content: Uint8Array | null,
): { kind: Kind } | { problem: string; line: number } {
  try {
    return { kind: kindFrom(nameOf(path), parsed(content)) };
  } catch (error) {
    if (!(error instanceof BadSchema)) throw error;
    return { problem: error.message, line: lineOfSchema(content, error.at) };
  }
}

/**
 * The line (counted from 1) of a place in a schema file (`#/properties/name`); if it is not JSON, the line where that
 * ends. 1 if there is no such line.
 */
export function lineOfSchema(content: Uint8Array | null, at: string): number {
  if (content === null || content.length > maxSchemaBytes) return 1;
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(content);
  try {
    return lineAt(text, offsetInJson(new JsonDocument(text).root, at.slice(1)));
  } catch (error) {
    if (error instanceof BadJson) return lineAt(text, error.offset);
    throw error;
  }
}

function nameOf(path: string): string {
  const [, folder, name] = /([^/]*)\/([^/]*)\.json$/.exec(path) ?? [];
  if (folder !== schemaFolder || name === undefined)
    throw new BadSchema(
      `This is not a schema file: a kind must be at "${schemaFolder}/<kind>.json", without further folders. Move it.`,
    );
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(name))
    throw new BadSchema(
      'A kind is named after its file. The name must have at most 40 lower-case letters, digits and "-", and begin with a letter. Rename it.',
    );
  return name;
}

function parsed(content: Uint8Array | null): JsonSchema {
  if (content === null || content.length > maxSchemaBytes)
    throw new BadSchema('The file is larger than 64 KiB: remove what entries do not need.');
  let value: JsonValue;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content)) as JsonValue;
  } catch (cause) {
    const message = `The file is not JSON in UTF-8: ${(cause as Error).message}`;
    throw new BadSchema(message, '#', { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new BadSchema(
      'The file is not a JSON object: write a JSON Schema, {"type": "object", …}.',
    );
  checkStorable(value, '#', 1);
  return value;
}

/** PostgreSQL cannot store NUL or half of a surrogate pair. */
function checkStorable(value: JsonValue, at: string, depth: number): void {
  if (depth > deepestJson)
    throw new BadSchema(`The JSON is more than ${deepestJson} levels deep: make it flatter.`, at);
  if (typeof value === 'string' && /[\0\p{Surrogate}]/u.test(value))
    throw new BadSchema('A text in the file contains NUL or half a character: remove it.', at);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, of] of Object.entries(value)) {
    const below = `${at}/${pointerToken(key)}`;
    checkStorable(key, below, depth);
    checkStorable(of, below, depth + 1);
  }
}

/** The settings of a schema file in `x-gitward`. */
interface Settings {
  folder?: string;
  file?: string;
  title?: string;
  index?: string[];
  personal?: boolean;
  includes?: boolean;
  format?: Kind['format'];
  extensions?: string[];
}

const fieldName: JsonSchema = { type: 'string', minLength: 1, maxLength: 100 };

const settingsSchema: JsonSchema = {
  type: 'object',
  properties: {
    folder: { type: 'string' },
    file: { type: 'string' },
    title: fieldName,
    index: { type: 'array', items: fieldName, maxItems: 50, uniqueItems: true },
    personal: { type: 'boolean' },
    includes: { type: 'boolean' },
    format: { enum: ['markdown', 'json'] },
    extensions: {
      type: 'array',
      items: { enum: [...markdownExtensions] },
      ...{ minItems: 1, uniqueItems: true },
    },
  },
};

function kindFrom(name: string, file: JsonSchema): Kind {
  const settings = settingsFrom(file['x-gitward']);
  // Its own `$id` would change the meaning of its references.
  const schema = Object.fromEntries(
    Object.entries(file).filter(([key]) => key !== 'x-gitward' && key !== '$id'),
  );
  judgeSchema(schema);
  if (schema.type !== undefined && schema.type !== 'object')
    throw new BadSchema('#/type must be "object", because an entry consists of fields.', '#/type');
  const wasPersonal = builtInKinds.some((kind) => kind.name === name && kind.personal);
  return {
    name,
    ...locationFrom(settings),
    titleField: settings.title ?? (hasOnlyName(schema) ? 'name' : 'title'),
    schema,
    indexFields: settings.index ?? [],
    // Someone who can push must not be able to remove the protection of data that others save.
    personal: wasPersonal || settings.personal === true,
    ...(settings.includes === true ? { includes: true } : {}),
  };
}

function settingsFrom(given: JsonValue | undefined): Settings {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new BadSchema(
      '"x-gitward" is missing: specify where the entries are, for example "x-gitward": {"folder": "presets"}.',
    );
  const known = Object.keys(settingsSchema.properties as object);
  const unknown = Object.keys(given).find((key) => !known.includes(key));
  if (unknown !== undefined)
    throw new BadSchema(
      `"x-gitward" has the unknown key "${unknown.slice(0, 100)}": it can have ${known.join(', ')}.`,
      `#/x-gitward/${pointerToken(unknown)}`,
    );
  const [problem] = schemaProblems(settingsSchema, given, () => 1);
  const where = `#/x-gitward${problem?.pointer ?? ''}`;
  if (problem) throw new BadSchema(`${where}: ${problem.message}`, where);
  return given;
}

function locationFrom({
  folder,
  file,
  format: told,
  extensions,
}: Settings): Pick<Kind, 'folder' | 'file' | 'format' | 'extensions'> {
  const place = file ?? folder;
  if (place === undefined || (file !== undefined && folder !== undefined))
    throw new BadSchema(
      '"x-gitward" must have either "folder" (one file per entry) or "file" (a single file that is the entry).',
      '#/x-gitward',
    );
  if (place.length > 200 || !/^(?![._])[A-Za-z0-9._-]+(?:\/(?![._])[A-Za-z0-9._-]+)*$/.test(place))
    throw new BadSchema(
      `"${place.slice(0, 200)}" cannot be the place of entries: use a path below the space's root that consists of letters, digits, ".", "_", "-" and "/", and in which no part begins with "." or "_".`,
      file === undefined ? '#/x-gitward/folder' : '#/x-gitward/file',
    );
  const format = file?.endsWith('.json') === true ? 'json' : 'markdown';
  if (file !== undefined && !/\.(?:json|md|markdown|mdx)$/.test(file))
    throw new BadSchema(`The file "${file}" must end in ".json" or ".md".`, '#/x-gitward/file');
  if (file !== undefined && extensions !== undefined)
    throw new BadSchema(
      '"extensions" is for the files of a "folder": remove it, because "file" has its own.',
      '#/x-gitward/extensions',
    );
  if (told !== undefined && told !== format)
    throw new BadSchema(
      `"format" is "${told}", but ${file === undefined ? 'the files of a folder are Markdown' : `"${file}" has another extension`}: remove it, or use another "file".`,
      '#/x-gitward/format',
    );
  return {
    folder: file === undefined ? place : '',
    file: file ?? null,
    format,
    ...(extensions === undefined ? {} : { extensions }),
  };
}

/** Whether entries have a name, but no title. */
function hasOnlyName({ properties }: JsonSchema): boolean {
  return (
    typeof properties === 'object' &&
    properties !== null &&
    Object.hasOwn(properties, 'name') &&
    !Object.hasOwn(properties, 'title')
  );
}
