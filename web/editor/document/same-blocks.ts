import type { Mark, Node } from 'prosemirror-model';

/**
 * Whether two blocks say the same. How they are written is not compared, and nor is what Markdown cannot say: blanks at the
 * ends of lines, bold blanks, and what is empty.
 */
export function sameBlocks(one: Node, other: Node): boolean {
  return one.eq(other) || meaningOf(one) === meaningOf(other);
}

/** What a block says, as a text. */
export function meaningOf(node: Node): string {
  return JSON.stringify(meaning(node));
}

function meaning(node: Node): unknown {
  const { type, attrs } = node;
  const name = type.name === 'table_header' ? 'table_cell' : type.name;
  const { level, params, order, checked, align } = attrs as Record<string, unknown>;
  const own = [
    name,
    level,
    typeof params === 'string' ? params.trim() : params,
    order,
    node.textContent === '' ? null : checked,
    align,
  ];
  if (type.spec.code === true) return [...own, node.textContent];
  if (node.isTextblock) return [...own, inlineMeaning(node)];
  const children: unknown[] = [];
  node.forEach((child) => {
    if (!isEmpty(child)) children.push(meaning(child));
  });
  return [...own, children];
}

/** Whether Markdown has nothing for a block: an empty paragraph, or an item or a list of nothing else. */
export function isEmpty(node: Node): boolean {
  const { name } = node.type;
  let all = true;
  if (name === 'paragraph')
    node.forEach((child) => (all &&= child.isText && child.textContent.trim() === ''));
  else if (name.includes('list')) node.forEach((child) => (all &&= isEmpty(child)));
  else return false;
  return all;
}

/** Runs of characters with the same marks; chips count as their text. */
function inlineMeaning(node: Node): [string, string][] {
  const runs: [string, string][] = [];
  const add = (text: string, marks: string) => {
    const last = runs.at(-1);
    if (last?.[1] === marks) last[0] += text;
    else runs.push([text, marks]);
  };
  node.forEach((child) => {
    const marks = marksOf(child.marks);
    if (child.isText || child.type.name === 'raw') {
      const text = child.isText ? (child.text ?? '') : String(child.attrs.text);
      if (child.marks.some(({ type }) => type.name === 'code')) add(text, marks);
      else
        for (const part of text.split(/(\s+)/))
          if (part !== '') add(part.trim() === '' ? ' ' : part, part.trim() === '' ? '' : marks);
    } else if (child.type.name === 'hard_break') add('\n', '');
    else runs.push([JSON.stringify([child.type.name, child.attrs]), marks]);
  });
  return trimmed(runs);
}

function trimmed(runs: [string, string][]): [string, string][] {
  const [first] = runs;
  const last = runs.at(-1);
  if (first?.[1] === '') first[0] = first[0].trimStart();
  if (last?.[1] === '') last[0] = last[0].trimEnd();
  return runs
    .map(([text, marks]): [string, string] => [text.replaceAll(/ *\n */g, '\n'), marks])
    .filter(([text]) => text !== '');
}

function marksOf(marks: readonly Mark[]): string {
  const names = marks.map(({ type, attrs }) =>
    type.name === 'link' ? `link ${JSON.stringify([attrs.href, attrs.title ?? ''])}` : type.name,
  );
  return names.sort().join();
}
