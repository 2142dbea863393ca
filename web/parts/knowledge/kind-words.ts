import type { Space } from '../../api/types.ts';
import { texts } from '../../texts/index.ts';

/** A kind of a space, as far as its name needs it. */
export type NamedKind = Pick<Space['kinds'][number], 'name' | 'schema'>;

/** What people call a kind: one of it, and several. */
export interface KindWords {
  one: string;
  many: string;
}

/**
 * The words for a kind: ours for a built-in one; for one of the space's own, the `title` of its schema (or its name, as one
 * would write it).
 */
export function kindWords({ name, schema }: NamedKind): KindWords {
  const known = Object.hasOwn(texts.kinds, name)
    ? texts.kinds[name as keyof typeof texts.kinds]
    : null;
  if (known !== null) return known;
  const { title } = schema;
  const one = typeof title === 'string' && title.trim() !== '' ? title.trim() : spelled(name);
  return { one, many: plural(one) };
}

/** The words for the kind of this name, also where the space does not have it any more. */
export function wordsOfKind(space: Pick<Space, 'kinds'> | undefined, name: string): KindWords {
  return kindWords(space?.kinds.find((kind) => kind.name === name) ?? { name, schema: {} });
}

function spelled(name: string): string {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function plural(one: string): string {
  // Only what is surely an English word gets another end.
  if (!/^[A-Za-z ]*[A-Za-z]$/.test(one)) return one;
  if (/[^aeiou]y$/i.test(one)) return `${one.slice(0, -1)}ies`;
  if (/(s|x|ch|sh)$/i.test(one)) return /s$/i.test(one) && !/ss$/i.test(one) ? one : `${one}es`;
  return `${one}s`;
}
