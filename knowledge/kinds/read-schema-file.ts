import type { JsonSchema, JsonValue, Kind } from '../../model/knowledge/entry.ts';
import { BadSchema, judgeSchema } from './judge-schema.ts';
import { builtInKinds } from './kinds.ts';
import { schemaProblems } from './schema-problems.ts';

/** Where a space's own kinds are, below its root: `<root>/.schemas/<kind>.json`. */
export const schemaFolder = '.schemas';

const maxSchemaBytes = 64 * 1024;
/** Of the JSON, so that nothing that goes through it can run out of stack. */
const deepestJson = 64;

/** Whether a file of the repository is meant to describe a kind; others may lie beside (a README). */
export function isSchemaPath(root: string, path: string): boolean {
  return (
    path.startsWith(`${root === '' ? '' : `${root}/`}${schemaFolder}/`) && path.endsWith('.json')
  );
}

/**
 * The kind that a schema file of the repository describes: a JSON Schema (draft 2020-12) with what we need under
 * `x-gitward` (`folder` or `file`, `title`, `index`, `personal`). `content` is `null` where the file is too large to be
 * read. What cannot be used says why, and what to do; it stops nothing else.
 */
export function readSchemaFile(
  path: string,
  content: Uint8Array | null,
): { kind: Kind } | { problem: string } {
  try {
    return { kind: kindFrom(nameOf(path), parsed(content)) };
  } catch (error) {
    if (error instanceof BadSchema) return { problem: error.message };
    throw error;
  }
}

function nameOf(path: string): string {
  const [, folder, name] = /([^/]*)\/([^/]*)\.json$/.exec(path) ?? [];
  if (folder !== schemaFolder || name === undefined)
    throw new BadSchema(
      `This is no schema file: kinds are in "${schemaFolder}/<kind>.json", without folders below it. Move it.`,
    );
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(name))
    throw new BadSchema(
      'The kind is called as its file, in lower-case letters, digits and "-", beginning with a letter, at most 40. Rename it.',
    );
  return name;
}

function parsed(content: Uint8Array | null): JsonSchema {
  if (content === null || content.length > maxSchemaBytes)
    throw new BadSchema('The file is larger than 64 KiB: leave out what entries do not need.');
  let value: JsonValue;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content)) as JsonValue;
  } catch (cause) {
    throw new BadSchema(`The file is no JSON in UTF-8: ${(cause as Error).message}`, { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new BadSchema('The file is no JSON object: write a JSON Schema, {"type": "object", …}.');
  checkStorable(value, 1);
  return value;
}

/** PostgreSQL keeps neither NUL nor half a character. */
function checkStorable(value: JsonValue, depth: number): void {
  if (depth > deepestJson)
    throw new BadSchema(`The JSON is more than ${deepestJson} levels deep: make it flatter.`);
  if (typeof value === 'string' && /[\0\p{Surrogate}]/u.test(value))
    throw new BadSchema('A text in the file holds NUL or half a character: remove it.');
  if (typeof value !== 'object' || value === null) return;
  for (const [key, of] of Object.entries(value)) {
    checkStorable(key, depth);
    checkStorable(of, depth + 1);
  }
}

/** What a schema file says under `x-gitward`. */
interface Settings {
  folder?: string;
  file?: string;
  title?: string;
  index?: string[];
  personal?: boolean;
  format?: Kind['format'];
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
    format: { enum: ['markdown', 'json'] },
  },
};

function kindFrom(name: string, file: JsonSchema): Kind {
  const settings = settingsFrom(file['x-gitward']);
  // An address of its own would change what its references mean.
  const schema = Object.fromEntries(
    Object.entries(file).filter(([key]) => key !== 'x-gitward' && key !== '$id'),
  );
  judgeSchema(schema);
  if (schema.type !== undefined && schema.type !== 'object')
    throw new BadSchema('#/type must be "object": an entry is its fields.');
  const wasPersonal = builtInKinds.some((kind) => kind.name === name && kind.personal);
  return {
    name,
    ...locationFrom(settings),
    titleField: settings.title ?? (hasOnlyName(schema) ? 'name' : 'title'),
    schema,
    indexFields: settings.index ?? [],
    // Who may push may not take the protection from what others save.
    personal: wasPersonal || settings.personal === true,
  };
}

function settingsFrom(given: JsonValue | undefined): Settings {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new BadSchema(
      '"x-gitward" is missing: say where the entries are, such as "x-gitward": {"folder": "presets"}.',
    );
  const known = Object.keys(settingsSchema.properties as object);
  const unknown = Object.keys(given).find((key) => !known.includes(key));
  if (unknown !== undefined)
    throw new BadSchema(
      `"x-gitward" has "${unknown.slice(0, 100)}", which nothing reads: it may have ${known.join(', ')}.`,
    );
  const [problem] = schemaProblems(settingsSchema, given, () => 1);
  if (problem) throw new BadSchema(`#/x-gitward${problem.pointer}: ${problem.message}`);
  return given;
}

function locationFrom({
  folder,
  file,
  format: told,
}: Settings): Pick<Kind, 'folder' | 'file' | 'format'> {
  const place = file ?? folder;
  if (place === undefined || (file !== undefined && folder !== undefined))
    throw new BadSchema(
      '"x-gitward" must have either "folder" (a file an entry) or "file" (one file is the entry).',
    );
  if (place.length > 200 || !/^(?![._])[A-Za-z0-9._-]+(?:\/(?![._])[A-Za-z0-9._-]+)*$/.test(place))
    throw new BadSchema(
      `"${place.slice(0, 200)}" cannot be the place of entries: give a path below the space's root of letters, digits, ".", "_", "-" and "/", in which no part begins with "." or "_".`,
    );
  const format = file?.endsWith('.json') === true ? 'json' : 'markdown';
  if (file !== undefined && !/\.(?:json|md|markdown)$/.test(file))
    throw new BadSchema(`The file "${file}" must end in ".json" or ".md".`);
  if (told !== undefined && told !== format)
    throw new BadSchema(
      `"format" is "${told}", but ${file === undefined ? 'the files of a folder are Markdown' : `"${file}" ends otherwise`}: leave it out, or give another "file".`,
    );
  return { folder: file === undefined ? place : '', file: file ?? null, format };
}

/** Whether entries are known by a name, and have no title. */
function hasOnlyName({ properties }: JsonSchema): boolean {
  return (
    typeof properties === 'object' &&
    properties !== null &&
    Object.hasOwn(properties, 'name') &&
    !Object.hasOwn(properties, 'title')
  );
}
