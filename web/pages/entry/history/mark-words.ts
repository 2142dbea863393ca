import { diffArrays } from 'diff';

/** The most words that may differ, and the longest time to find them, in milliseconds. */
const limits = { maxEditLength: 2_000, timeout: 100 };

/**
 * Marks what differs between two pieces of safe HTML, word by word: `<del>` in the one before, `<ins>` in the one after. If they
 * are too different, everything is marked by whoever shows them.
 */
export function markWords(before: string, after: string): { before: string; after: string } {
  const [old, now] = [partOf(before), partOf(after)];
  const [words, others] = [wordsIn(old), wordsIn(now)];
  const parts = diffArrays(
    words.map(({ text }) => text),
    others.map(({ text }) => text),
    limits,
  );
  if (parts === undefined) return { before, after };
  let [at, from] = [0, 0];
  for (const { count, added, removed } of parts) {
    if (removed) mark(words.slice(at, at + count), 'del');
    if (added) mark(others.slice(from, from + count), 'ins');
    if (!added) at += count;
    if (!removed) from += count;
  }
  return { before: old.innerHTML, after: now.innerHTML };
}

/** A word or what is between words, and the text node that has it. */
interface Word {
  text: string;
  node: Text;
}

function partOf(html: string): HTMLTemplateElement {
  const template = document.createElement('template');
  template.innerHTML = html;
  return template;
}

/** All words with the space before them, each in a text node of its own. */
function wordsIn({ content }: HTMLTemplateElement): Word[] {
  const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  while (walker.nextNode() !== null) nodes.push(walker.currentNode as Text);
  return nodes.flatMap((node) => {
    const texts = node.data.match(/\s*(?:[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_])|\s+/gu) ?? [];
    const own = texts.map((text) => ({ text, node: document.createTextNode(text) }));
    node.replaceWith(...own.map((word) => word.node));
    return own;
  });
}

/** Puts words that stand side by side into one element. */
function mark(words: readonly Word[], name: 'del' | 'ins'): void {
  let last: HTMLElement | null = null;
  for (const { node } of words) {
    if (last === null || node.previousSibling !== last) {
      last = document.createElement(name);
      node.replaceWith(last);
    }
    last.append(node);
  }
}
