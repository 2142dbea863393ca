import type { Settlement } from '../../model/knowledge/conflict.ts';
import type {
  ConflictPart,
  JsonValue,
  MergeResult,
  PartChoice,
} from '../../model/knowledge/entry.ts';
import { keepLineEnds } from '../front-matter/keep-line-ends.ts';
import { NotApplicable } from './merge-heads.ts';
import type { MergeInput } from './merge-input.ts';
import { planMerge, type MergePlan } from './merge-plan.ts';

/**
 * Merges an entry's front matter by key and its body line by line, and applies my changes to Git's bytes.
 * Lists that the schema declares as sets are merged as sets, lists of maps with an `id`, `url` or `email` by
 * that key. Only real clashes are conflicts. What only one side changed is exactly that side's text.
 */
export async function mergeEntries(input: MergeInput): Promise<MergeResult> {
  const { parts, text } = await planMerge(input);
  return parts.length === 0 ? { kind: 'clean', text } : { kind: 'conflict', parts, text };
}

/** A settlement cannot be applied. The message says which part is wrong. */
export class BadSettlement extends Error {
  override readonly name = 'BadSettlement';
}

/**
 * The text that a conflict is settled to (`null` if the entry is removed). `git` and `mine` decide the parts
 * that clash. Everything else is merged. Throws a {@link BadSettlement} if a part is unknown or missing, or a
 * value cannot be written to the file.
 */
export async function settleConflict(
  input: MergeInput,
  settlement: Settlement,
): Promise<string | null> {
  if ('text' in settlement)
    return keepLineEnds(input.git ?? input.mine ?? input.base ?? '', settlement.text);
  // Each difference is a part: one side for all of them is that side, byte for byte.
  if ('take' in settlement && input.eachDifference === true) return input[settlement.take];
  const plan = await planMerge(input);
  const choiceOf = 'take' in settlement ? () => settlement.take : choices(settlement.parts, plan);
  try {
    return await plan.decided((part, sides) => {
      const choice = choiceOf(part);
      return typeof choice === 'string' ? sides[choice] : (choice.value ?? undefined);
    });
  } catch (error) {
    if (!(error instanceof NotApplicable)) throw error;
    throw new BadSettlement(
      `This cannot be written to the file (${error.message}). Settle the conflict with the whole text.`,
      { cause: error },
    );
  }
}

/** Checks that exactly the conflict's parts have a choice, and that each value fits. */
function choices(
  given: Record<string, PartChoice>,
  { parts }: MergePlan,
): (part: ConflictPart) => PartChoice {
  const known = new Map(parts.map((part) => [part.id, part]));
  for (const [id, choice] of Object.entries(given)) {
    const part = known.get(id);
    if (part === undefined) throw new BadSettlement(`There is no part ${id} in this conflict.`);
    if (typeof choice === 'object' && !fits(choice.value, part))
      throw new BadSettlement(`The value of ${id} must be a text.`);
  }
  return ({ id }) => {
    const choice = Object.hasOwn(given, id) ? given[id] : undefined;
    if (choice === undefined) throw new BadSettlement(`The part ${id} also needs a choice.`);
    return choice;
  };
}

/** A paragraph must be a text, and so must a file, which can also be removed. */
function fits(value: JsonValue, { what }: ConflictPart): boolean {
  return what === 'field' || typeof value === 'string' || (what === 'file' && value === null);
}
