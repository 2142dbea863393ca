import type { Command } from 'commander';
import type { EntryFields, JsonValue } from '../../../../model/knowledge/entry.ts';
import type { ApiClient } from '../../../client/api-client.ts';
import { UsageError, type ClientIo } from '../../../client/client-command.ts';
import { readTextOrInput } from '../../../client/read-text.ts';
import { collect } from '../../../client/repeated-option.ts';

/** Options that say what is filled in. */
export interface ValueOptions {
  set: string[];
  values?: string;
}

/** Adds the options of {@link ValueOptions}. */
export function withValues(command: Command): Command {
  return command
    .option(
      '--set <name=value>',
      'a variable and its value: JSON or text, as the variable wants it; can be repeated',
      collect,
      [],
    )
    .option('--values <path>', 'a file with a JSON object of values (-: standard input)');
}

/**
 * The values that the options give; `--set` comes after `--values`. What could be JSON or text is a text if the entry
 * declares the variable as one. Throws `UsageError`.
 */
export async function valuesFrom(
  client: ApiClient,
  one: { space: string; entry: string },
  { set, values }: ValueOptions,
  io: Pick<ClientIo, 'readInput'>,
): Promise<EntryFields> {
  const given = values === undefined ? {} : objectIn(values, await readTextOrInput(values, io));
  if (set.length === 0) return given;
  const { fields } = await client.send('GET /v1/spaces/:space/entries/:entry', one);
  // The rules are loaded only for commands that need them.
  const { declaredVariables } = await import('../../../../knowledge/templates/variables.ts');
  const { variables = [] } = declaredVariables(fields as EntryFields) ?? {};
  const texts = new Set(
    variables.flatMap(({ name, type }) => (type === 'text' || type === 'date' ? name : [])),
  );
  const typed = set.map((assignment): [string, JsonValue] => {
    const at = assignment.indexOf('=');
    if (at < 1) throw new UsageError(`"${assignment}" is not name=value.`);
    const name = assignment.slice(0, at);
    const value = assignment.slice(at + 1);
    return [name, texts.has(name) ? value : jsonOrText(value)];
  });
  return { ...given, ...Object.fromEntries(typed) };
}

function jsonOrText(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}

function objectIn(path: string, text: string): EntryFields {
  const value = jsonOrText(text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new UsageError(`${path} is not a JSON object of values.`);
}
