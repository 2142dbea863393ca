import { describe, expect, it } from 'vitest';
import { OpenedDocument } from '../../../web/editor/document/opened-document.ts';
import { schema } from '../../../web/editor/document/schema.ts';
import { keepPlace } from '../../../web/editor/rich/keep-place.ts';

const read = (text: string) => new OpenedDocument(text).doc;
const line = schema.node('paragraph');

/** What is before and after the cursor in the block in which it is, and which block that is. */
function placeAfter(before: ReturnType<typeof read>, head: number, text: string) {
  const { doc, at } = keepPlace(before, head, read(text));
  const $at = doc.resolve(at);
  const { textContent } = $at.parent;
  return {
    block: $at.index(0),
    of: doc.childCount,
    text: `${textContent.slice(0, $at.parentOffset)}|${textContent.slice($at.parentOffset)}`,
  };
}

describe('the cursor, when somebody else has changed the text', () => {
  const doc = read('One.\n\nTwo.\n\nThree.\n');
  const inTwo = 6 + 1 + 3;

  it('stays in its paragraph, whether what has changed is after or before it', () => {
    expect(placeAfter(doc, inTwo, 'One.\n\nTwo.\n\nThree, and four.\n')).toEqual({
      ...{ block: 1, of: 3, text: 'Two|.' },
    });
    expect(placeAfter(doc, inTwo, 'New.\n\nOne, too.\n\nTwo.\n\nThree.\n')).toEqual({
      ...{ block: 2, of: 4, text: 'Two|.' },
    });
  });

  it('stays in a line that was just begun, which is nothing in Markdown', () => {
    const atEnd = doc.copy(doc.content.addToEnd(line));
    const end = atEnd.content.size - 1;
    const three = { block: 3, of: 4, text: '|' };
    expect(placeAfter(atEnd, end, 'One.\n\nTwo.\n\nThree.\n')).toEqual(three);
    expect(placeAfter(atEnd, end, 'First.\n\nTwo.\n\nThree.\n')).toEqual(three);
    expect(placeAfter(atEnd, end, 'One.\n\nTwo.\n\nThree.\n\nFour.\n')).toEqual({
      ...three,
      of: 5,
    });
    const between = doc.copy(doc.content.cut(0, 6).addToEnd(line).append(doc.content.cut(6)));
    expect(placeAfter(between, 7, 'One.\n\nTwo.\n\nThree!\n')).toEqual({ ...three, block: 1 });
    expect(placeAfter(between, 7, 'One!\n\nTwo.\n\nThree.\n')).toEqual({ ...three, block: 1 });
  });

  it('is somewhere in the text, however little is left of it, and in a text that was empty', () => {
    expect(placeAfter(doc, inTwo, 'x\n')).toMatchObject({ block: 0, of: 1 });
    expect(placeAfter(doc, doc.content.size - 1, '')).toMatchObject({ block: 0, of: 1 });
    expect(placeAfter(read(''), 1, 'One.\n')).toEqual({ block: 0, of: 1, text: '|One.' });
  });
});
