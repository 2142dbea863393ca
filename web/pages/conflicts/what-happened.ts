import { texts } from '../../texts/index.ts';
import type { Conflict } from './conflict-queries.ts';
import { isShort, valueText } from '../../parts/knowledge/value-text.ts';

const { conflicts: words } = texts;

/** What happened, for a sentence "(git) in Git, by somebody an hour ago, while (mine)." */
export interface WhatHappened {
  git: string;
  mine: string;
}

/** What both sides did to an entry. `who`: how the one who saved is called. */
export function whatHappened(
  { parts, texts: sides }: Pick<Conflict, 'parts' | 'texts'>,
  who: string,
): WhatHappened {
  const { changed, did } = words;
  if (sides.git === null) return { git: words.removedIn, mine: did.other(who, true) };
  if (sides.mine === null) return { git: changed.whole, mine: words.removedBy(who) };
  const [only] = parts;
  if (only === undefined || only.what === 'file')
    return { git: changed.whole, mine: did.other(who, true) };
  if (parts.length === 1 && only.what === 'field' && isShort(only.git) && isShort(only.mine))
    return {
      git: only.git == null ? changed.removed(nameOf(only.pointer)) : changed.set(nameOf(only.pointer), valueText(only.git)), // prettier-ignore
      mine: only.mine == null ? did.removed(who) : did.set(who, valueText(only.mine)),
    };
  const isOne = parts.length === 1;
  return { git: changed.other(capital(listOf(parts)), isOne), mine: did.other(who, isOne) };
}

/** The parts in words: "the tier, the owners and 2 paragraphs". */
function listOf(parts: Conflict['parts']): string {
  const fields = [...new Set(parts.filter(({ what }) => what === 'field').map(({ pointer }) => nameOf(pointer)))]; // prettier-ignore
  const paragraphs = parts.filter(({ what }) => what === 'paragraph').length;
  return words.and([
    ...fields.map(words.field),
    ...(paragraphs === 0 ? [] : [words.paragraphs(paragraphs)]),
  ]);
}

/** The name of the field that a pointer leads to: `owners` for `/owners/0/email`. */
export function nameOf(pointer: string): string {
  const [, name = ''] = pointer.split('/');
  return name.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** A field that is part of another, such as `owners › 0 › email`. */
export function pathOf(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join(' › ');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
