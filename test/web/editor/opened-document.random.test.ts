import type { Node } from 'prosemirror-model';
import { expect, it } from 'vitest';
import { writeFaithfully } from '../../../web/editor/document/faithful.ts';
import { OpenedDocument } from '../../../web/editor/document/opened-document.ts';
import { cutBlocks } from '../../../web/editor/text/cut-blocks.ts';
import { publicMarkdown, randomMarkdown } from '../../support/knowledge/markdown-corpus.ts';
import { randomRuns, randomSeed } from '../../support/random-runs.ts';
import { SeededRandom } from '../../support/seeded-random.ts';
import { randomEdit } from './random-edit.ts';

const random = new SeededRandom(randomSeed);
const made = Array.from({ length: randomRuns(300) }, (_, at) => ({
  name: `random ${at}`,
  text: randomMarkdown(random),
}));
const files = [...made, ...publicMarkdown(random, randomRuns(20))];

it(`opens and saves ${files.length} texts without changing a byte (seed ${randomSeed})`, () => {
  for (const { name, text } of files) {
    const { lead, pieces } = cutBlocks(text);
    expect({ name, text: lead + pieces.map((one) => one.text + one.tail).join('') }).toEqual({
      name,
      text,
    });
    const opened = new OpenedDocument(text);
    expect({ name, text: opened.textOf(opened.doc) }).toEqual({ name, text });
  }
});

it(`changes the bytes of the edited block alone, which then says what was edited (seed ${randomSeed})`, () => {
  const done = new Map<string, number>();
  let unsaid = 0;
  for (const { name, text } of files) {
    const opened = new OpenedDocument(text);
    const { lead, pieces } = cutBlocks(text);
    for (let round = 0; round < 3; round += 1) {
      const edited = randomEdit(opened.doc, random);
      if (edited === null) continue;
      const { index, what, doc } = edited;
      const saved = opened.textOf(doc);
      const before =
        lead +
        pieces
          .slice(0, index)
          .map((one) => one.text + one.tail)
          .join('');
      const after = pieces
        .slice(index + 1)
        .map((one) => one.text + one.tail)
        .join('');
      const block = doc.maybeChild(index);
      // A few things cannot be said in Markdown; then the text is kept, but not what is bold.
      const isFaithful = block === null || isSource(block) || writeFaithfully(block) !== null;
      if (!isFaithful) unsaid += 1;
      expect({
        ...{ name, what, index, block: pieces[index]?.text, saved },
        // Between blocks there may be another empty line, and the last line may end.
        keepsBefore: saved.startsWith(before.trimEnd()),
        keepsAfter: saved.trimEnd().endsWith(after.trim() === '' ? '' : after.trimEnd()),
        saysIt: !isFaithful || says(saved, doc),
      }).toMatchObject({ keepsBefore: true, keepsAfter: true, saysIt: true });
      done.set(what, (done.get(what) ?? 0) + 1);
    }
  }
  expect(done.size).toBeGreaterThanOrEqual(8);
  expect(unsaid).toBeLessThan(files.length / 50);
});

/** Whether a file says what a document does: the same text, and source as it is. */
function says(saved: string, doc: Node): boolean {
  const wanted: string[] = [];
  doc.forEach((block) => isSource(block) && wanted.push(block.textContent.trim()));
  const plain = saved.replaceAll('\r\n', '\n');
  if (wanted.some((source) => !plain.includes(source))) return false;
  return wanted.length > 0 || wordsOf(new OpenedDocument(saved).doc) === wordsOf(doc);
}

function isSource({ type }: Node): boolean {
  return type.name === 'source_block';
}

/** Blanks at the ends of lines are not kept by Markdown; a comment tells two lists apart. */
function wordsOf({ textContent }: Node): string {
  return textContent.replaceAll(/\s+|<!-- -->/g, '');
}
