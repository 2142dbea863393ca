import type { Node } from 'prosemirror-model';
import type { MarkdownSerializerState as State } from 'prosemirror-markdown';
import { rawParts } from '../text/raw-inline.ts';
import { schema } from './schema.ts';

/**
 * How much of a text is escaped: what usually has a meaning, but not in addresses; also in addresses; every mark; or also the
 * letters beside what is bold or the like, which has to be told from them.
 */
export const escapings = ['usual', 'addresses', 'every', 'letters'] as const;
export type Escaping = (typeof escapings)[number];

/** An address in a text, which programs find only as it is. */
const address = /(https?:\/\/[^\s<>()[\]*`\\]+)/;

/** Writes a text between raw parts. */
const writeText: Record<Escaping, (state: State, text: string) => void> = {
  usual: (state, text) => {
    for (const [at, part] of text.split(address).entries())
      if (part !== '') state.text(part, at % 2 === 0);
  },
  addresses: (state, text) => state.text(text),
  every: (state, text) => state.text(every(text), false),
  letters: (state, text) => state.text(every(text), false),
};

function every(text: string): string {
  return text.replaceAll(/[!-/:-@[-`{-~]/g, '\\$&');
}

/** Writes the texts of a block; its raw parts stay as they are. */
export function writeParts(escaping: Escaping) {
  return (state: State, node: Node, parent: Node, index: number): void => {
    const text = node.text ?? '';
    const first =
      escaping === 'letters' && isEdge(node, parent, index - 1) ? firstLetter(text) : '';
    const rest = text.slice(first.length);
    const last = lastOf(node, parent, index, escaping);
    if (first !== '') state.text(named(first), false);
    for (const part of rawParts(rest.slice(0, rest.length - last.length)))
      if (part.isRaw) state.text(part.text, false);
      else writeText[escaping](state, part.text);
    if (last !== '') state.text(named(last), false);
  };
}

/** Whether the neighbour there is marked otherwise. */
function isEdge(node: Node, parent: Node, at: number): boolean {
  const neighbour = parent.maybeChild(at);
  return neighbour?.marks.some((mark) => !mark.isInSet(node.marks)) ?? false;
}

function firstLetter(text: string): string {
  return /^[\p{L}\p{N}]/u.exec(text)?.[0] ?? '';
}

/** What the last character is if it must not be seen as it is: a backslash before a chip would be a part of it. */
function lastOf(node: Node, parent: Node, index: number, escaping: Escaping): string {
  const text = node.text ?? '';
  if (text.endsWith('\\') && parent.maybeChild(index + 1)?.type === schema.nodes.raw) return '\\';
  if (escaping !== 'letters' || !isEdge(node, parent, index + 1)) return '';
  const letter = /[\p{L}\p{N}]$/u.exec(text)?.[0] ?? '';
  return letter.length < text.length ? letter : '';
}

function named(letter: string): string {
  return `&#${letter.codePointAt(0) ?? 0x20};`;
}
