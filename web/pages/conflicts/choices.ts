import type { Conflict, Side } from './conflict-queries.ts';
import { asParagraph, fromEdited, toEdited } from '../../parts/knowledge/value-text.ts';

/** A part of a conflict. */
export type Part = Conflict['parts'][number];

/** What was chosen for a part: a side, or what somebody wrote. */
export type Choice = { side: Side } | { own: string };

/** What was chosen so far, by the id of the part. */
export type Choices = Readonly<Record<string, Choice>>;

/** What somebody begins with who writes a part anew: the saved version, or Git's if that one removed it. */
export function ownStart({ git, mine }: Part): string {
  return toEdited(mine ?? git);
}

/** What is wrong with what somebody wrote; `null` if nothing is. */
export function ownFault(part: Part, choice: Choice | undefined): string | null {
  if (choice === undefined || 'side' in choice) return null;
  try {
    valueOf(part, choice.own);
    return null;
  } catch (error) {
    if (error instanceof SyntaxError) return error.message;
    throw error;
  }
}

/** How many parts nobody has chosen for, or with something that is no value. */
export function missing(parts: readonly Part[], choices: Choices): number {
  return parts.filter(
    (part) => choices[part.id] === undefined || ownFault(part, choices[part.id]) !== null,
  ).length;
}

/** The choices as the API takes them, when none is {@link missing}. */
export function asParts(
  parts: readonly Part[],
  choices: Choices,
): Record<string, Side | { value: unknown }> {
  return Object.fromEntries(
    parts.flatMap((part) => {
      const choice = choices[part.id];
      if (choice === undefined) return [];
      const taken = 'side' in choice ? choice.side : { value: valueOf(part, choice.own) };
      return [[part.id, taken] as const];
    }),
  );
}

function valueOf({ what, base, git, mine }: Part, text: string): unknown {
  const sides = [base, git, mine];
  return what === 'field' ? fromEdited(text, sides) : asParagraph(text, sides);
}
