import type { ConflictPart, JsonValue, PartChoice } from '../../../model/knowledge/entry.ts';
import { UsageError, type ClientIo } from '../../client/client-command.ts';
import { oneLine } from '../../client/layout.ts';
import { readTextOrInput } from '../../client/read-text.ts';

/** How to settle a conflict, as options. */
export interface SettleOptions {
  take?: 'git' | 'mine';
  part: string[];
  value: string[];
  valueFile: string[];
  file?: string;
}

/** Whether the options choose for parts, and not only for everything. */
export function choosesParts({ part, value, valueFile }: SettleOptions): boolean {
  return part.length + value.length + valueFile.length > 0;
}

/**
 * The choice for each part of a conflict: its own, or else the side that `take` names. Throws
 * {@link UsageError} if a part has none, or the options name something else.
 */
export async function choicesFrom(
  { take, part, value, valueFile }: SettleOptions,
  parts: readonly ConflictPart[],
  io: Pick<ClientIo, 'readInput'>,
): Promise<Record<string, PartChoice>> {
  const choices = new Map<string, PartChoice>();
  const choose = (given: ConflictPart, choice: PartChoice) => {
    if (choices.has(given.id))
      throw new UsageError(`There are two choices for ${oneLine(given.id)}.`);
    choices.set(given.id, choice);
  };
  for (const given of part) {
    const [of, side] = assigned(given, parts);
    if (side !== 'git' && side !== 'mine')
      throw new UsageError(
        `"${given}" takes neither git nor mine; --value gives the part a new value.`,
      );
    choose(of, side);
  }
  for (const given of value) {
    const [of, typed] = assigned(given, parts);
    choose(of, { value: await valueOf(typed, of) });
  }
  for (const given of valueFile) {
    const [of, path] = assigned(given, parts);
    choose(of, { value: withEnd(await readTextOrInput(path, io), of) });
  }
  for (const one of parts) {
    if (choices.has(one.id)) continue;
    if (take === undefined)
      throw new UsageError(
        `Choose for ${oneLine(one.id)} too (--part '${oneLine(one.id)}=git'), or say with --take which side all other parts take.`,
      );
    choices.set(one.id, take);
  }
  return Object.fromEntries(choices);
}

/** The part that `<part>=<something>` names, and the something; ids of parts may contain `=`. */
function assigned(given: string, parts: readonly ConflictPart[]): [ConflictPart, string] {
  const [part] = parts
    .filter(({ id }) => given.startsWith(`${id}=`))
    .sort((one, other) => other.id.length - one.id.length);
  if (part !== undefined) return [part, given.slice(part.id.length + 1)];
  const known = parts.map(({ id }) => oneLine(id)).join(', ');
  throw new UsageError(
    `"${given}" does not begin with a part of this conflict and "=". Its parts are ${known || 'none: take either side'}.`,
  );
}

async function valueOf(typed: string, part: ConflictPart): Promise<JsonValue> {
  if (part.what !== 'field') return withEnd(typed, part);
  const { typedValue } = await import('../../../knowledge/entries/typed-value.ts');
  const present = [part.git, part.mine, part.base].find((side) => side !== null);
  return typedValue(typed, { field: part.id, kind: { schema: {} }, present });
}

/** A new paragraph, with the empty line after it that the others have. */
function withEnd(text: string, { what, git, mine }: ConflictPart): string {
  const other = [git, mine].find((side) => typeof side === 'string') ?? '\n';
  const end = what === 'paragraph' ? /\s*$/.exec(other)?.[0] : undefined;
  return end === undefined ? text : `${text.replace(/\s+$/, '')}${end}`;
}
