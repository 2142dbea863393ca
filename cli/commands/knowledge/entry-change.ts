import type { Command } from 'commander';
import type { EntryFields, JsonSchema, JsonValue, Kind } from '../../../model/knowledge/entry.ts';
import type { ApiClient } from '../../client/api-client.ts';
import { UsageError, type ClientIo } from '../../client/client-command.ts';
import { readTextOrInput } from '../../client/read-text.ts';
import { collect } from '../../client/repeated-option.ts';

/** Options that say what an entry should contain. */
export interface ChangeOptions {
  set: string[];
  setText: string[];
  setJson: string[];
  bodyFile?: string;
}

/** Options that say what is to be different in an entry, or what its whole text is to be. */
export interface EditOptions extends ChangeOptions {
  file?: string;
}

/** What changes in an entry, as the API takes it. */
export interface Change {
  text?: string;
  fields?: EntryFields;
  body?: string;
}

/** What decides what a typed value is. */
export interface Typed {
  schema: JsonSchema;
  /** The entry's fields so far. */
  fields: EntryFields;
}

/** Adds the options of {@link ChangeOptions}. */
export function changing(command: Command): Command {
  return command
    .option(
      '--set <field=value>',
      'a field and its value: JSON or text, as the kind asks for it (null removes the field); can be repeated',
      collect,
      [],
    )
    .option('--set-text <field=value>', 'the same, with exactly this text', collect, [])
    .option('--set-json <field=value>', 'the same, with exactly this JSON', collect, [])
    .option(
      '--body-file <path>',
      'a file with the text that follows the front matter (-: standard input)',
    );
}

/** The text to follow the front matter; `undefined` if it was not given. Throws {@link UsageError}. */
export async function bodyFrom(
  { bodyFile }: Pick<ChangeOptions, 'bodyFile'>,
  io: Pick<ClientIo, 'readInput'>,
): Promise<string | undefined> {
  return bodyFile === undefined ? undefined : readTextOrInput(bodyFile, io);
}

/**
 * The fields that the options name, with their values. `look` is called only if something decides
 * what a typed value is. Throws {@link UsageError}.
 */
export async function fieldsFrom(
  { set, setText, setJson }: Pick<ChangeOptions, 'set' | 'setText' | 'setJson'>,
  look: () => Promise<Typed>,
): Promise<EntryFields> {
  const typed = set.map(assignment);
  const open = typed.some(({ value }) => isJson(value)) ? await look() : nothing;
  // Schemas take a validator, and most commands are only clients.
  const { typedValue } = await import('../../../knowledge/entries/typed-value.ts');
  const kind = { schema: open.schema };
  return Object.fromEntries([
    ...typed.map(({ field, value }) => {
      const present = Object.hasOwn(open.fields, field) ? open.fields[field] : undefined;
      return [field, typedValue(value, { field, kind, present })] as const;
    }),
    ...setText.map(assignment).map(({ field, value }) => [field, value] as const),
    ...setJson.map(assignment).map(({ field, value }) => [field, jsonOf(field, value)] as const),
  ]);
}

/** What an edit changes. `look` is as for {@link fieldsFrom}. Throws {@link UsageError}. */
export async function changeFrom(
  options: EditOptions,
  io: Pick<ClientIo, 'readInput'>,
  look: () => Promise<Typed>,
): Promise<Change> {
  const { file, bodyFile } = options;
  const sets = [...options.set, ...options.setText, ...options.setJson];
  if (file !== undefined) {
    if (sets.length > 0 || bodyFile !== undefined)
      throw new UsageError('--file is the whole text: leave out --set and --body-file.');
    return { text: await readTextOrInput(file, io) };
  }
  if (sets.length === 0 && bodyFile === undefined)
    throw new UsageError('Say what changes: --set field=value, --body-file or --file.');
  const body = await bodyFrom(options, io);
  const fields = await fieldsFrom(options, look);
  return {
    ...(sets.length === 0 ? {} : { fields }),
    ...(body === undefined ? {} : { body }),
  };
}

/** What decides about the values of an entry with this kind and these fields. */
export async function typedBy(
  client: ApiClient,
  space: string,
  { kind, fields }: { kind: string; fields: object },
): Promise<Typed> {
  const { kinds } = await client.send('GET /v1/spaces/:space', { space });
  const schema = kinds.find(({ name }) => name === kind)?.schema ?? {};
  return { schema: schema as JsonSchema, fields: fields as EntryFields };
}

/** A kind of a space; throws {@link UsageError} if it has none of this name. */
export async function kindIn(client: ApiClient, space: string, name: string): Promise<Kind> {
  const { kinds } = await client.send('GET /v1/spaces/:space', { space });
  const kind = kinds.find((one) => one.name === name);
  if (kind === undefined) throw new UsageError(`Space ${space} has no kind ${name}.`);
  return { ...kind, schema: kind.schema as JsonSchema, indexFields: [] };
}

const nothing: Typed = { schema: {}, fields: {} };

function assignment(given: string): { field: string; value: string } {
  const at = given.indexOf('=');
  if (at < 1) throw new UsageError(`"${given}" is not field=value.`);
  return { field: given.slice(0, at), value: given.slice(at + 1) };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function jsonOf(field: string, text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (cause) {
    throw new UsageError(`The value of ${field} is not JSON: ${(cause as Error).message}`, {
      cause,
    });
  }
}
