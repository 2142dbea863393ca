import { describe, expect, it, test } from 'vitest';
import { changedWords } from '../../../web/parts/knowledge/changed-words.ts';
import {
  asParts,
  missing,
  ownFault,
  ownStart,
  type Part,
} from '../../../web/pages/conflicts/choices.ts';
import { conflictsSearch } from '../../../web/pages/conflicts/conflicts-search.ts';
import {
  fromEdited,
  isShort,
  toEdited,
  valueText,
} from '../../../web/parts/knowledge/value-text.ts';
import { pathOf, whatHappened } from '../../../web/pages/conflicts/what-happened.ts';

const field = (name: string, sides: Partial<Part>): Part => ({
  ...{ id: `field:/${name}`, what: 'field', pointer: `/${name}` },
  ...{ base: undefined, git: undefined, mine: undefined },
  ...sides,
});
const paragraph = (number: number, git: string, mine: string): Part => ({
  ...{ id: `body:${number}`, what: 'paragraph', pointer: '', base: 'Before\n', git, mine },
});
const texts = { base: 'b', git: 'g', mine: 'm' };

describe('what happened', () => {
  it('names a field and both values', () => {
    const parts = [field('tier', { base: 'gold', git: 'silver', mine: 'diamond' })];
    expect(whatHappened({ parts, texts }, 'you')).toEqual({
      git: 'The tier was changed to silver',
      mine: 'you set it to diamond',
    });
  });

  it('says that a side removed the field', () => {
    const parts = [field('tier', { base: 'gold', mine: 'diamond' })];
    expect(whatHappened({ parts, texts }, 'Eva').git).toBe('The tier was removed');
    const other = [field('tier', { base: 'gold', git: 'silver' })];
    expect(whatHappened({ parts: other, texts }, 'Eva').mine).toBe('Eva removed it');
  });

  it('does not quote what is long, and counts paragraphs', () => {
    const long = 'x'.repeat(61);
    const one = [field('note', { git: long, mine: 'short' })];
    expect(whatHappened({ parts: one, texts }, 'you')).toEqual({
      git: 'The note was changed',
      mine: 'you changed it differently',
    });
    const many = [
      field('tier', { git: 'a', mine: 'b' }),
      field('owners/0/email', { git: 'a', mine: 'b' }),
      field('owners/1/email', { git: 'a', mine: 'b' }),
      paragraph(1, 'a', 'b'),
      paragraph(2, 'a', 'b'),
    ];
    expect(whatHappened({ parts: many, texts }, 'you')).toEqual({
      git: 'The tier, the owners and 2 paragraphs were changed',
      mine: 'you changed them differently',
    });
    const single = [paragraph(1, 'a', 'b')];
    expect(whatHappened({ parts: single, texts }, 'you').git).toBe('A paragraph was changed');
  });

  it('says that a side removed the file', () => {
    const parts: Part[] = [
      { id: 'file', what: 'file', pointer: '', base: 'b', git: null, mine: 'm' },
    ];
    expect(whatHappened({ parts, texts: { ...texts, git: null } }, 'you').git).toBe(
      'The file was removed',
    );
    expect(whatHappened({ parts, texts: { ...texts, mine: null } }, 'you').mine).toBe(
      'you removed it',
    );
  });

  test('a pointer is read as a path', () => {
    expect(pathOf('/owners/0/e~1mail')).toBe('owners › 0 › e/mail');
  });
});

describe('choices', () => {
  const tier = field('tier', { base: 'gold', git: 'silver', mine: 'diamond' });
  const seats = field('seats', { base: 1, git: 2, mine: 3 });
  const text = paragraph(1, 'Git\n', 'Mine\n');

  it('are complete when there is one for each part, and none is wrong', () => {
    expect(missing([tier, seats], {})).toBe(2);
    expect(missing([tier, seats], { [tier.id]: { side: 'git' } })).toBe(1);
    const wrong = { [tier.id]: { side: 'git' }, [seats.id]: { own: '[1' } } as const;
    expect(missing([tier, seats], wrong)).toBe(1);
    expect(ownFault(seats, wrong[seats.id])).not.toBeNull();
    expect(ownFault(tier, { own: '[1' })).toBeNull();
  });

  it('become what the API takes: text stays text, a number a number, a paragraph keeps its end', () => {
    const choices = {
      [tier.id]: { own: '42' },
      [seats.id]: { own: '42' },
      [text.id]: { own: 'Both' },
    };
    expect(asParts([tier, seats, text], choices)).toEqual({
      [tier.id]: { value: '42' },
      [seats.id]: { value: 42 },
      [text.id]: { value: 'Both\n' },
    });
    expect(asParts([tier], { [tier.id]: { side: 'mine' } })).toEqual({ [tier.id]: 'mine' });
  });

  it('begin with what was saved, or with Git’s version if that removed it', () => {
    expect(ownStart(tier)).toBe('diamond');
    expect(ownStart(field('tier', { git: 'silver' }))).toBe('silver');
  });
});

describe('values', () => {
  it.each([
    ['text', 'text'],
    [['a', 1], 'a, 1'],
    [true, 'true'],
    [undefined, 'nothing'],
    [null, 'nothing'],
    [[{ a: 1 }], '[\n  {\n    "a": 1\n  }\n]'],
  ])('%j is read as %j', (value, text) => expect(valueText(value)).toBe(text));

  it.each([['a'], [['a', 'b']], [{ a: [1] }], [0], [false], ['']])(
    '%j is the same after it was edited',
    (value) => expect(fromEdited(toEdited(value), [value])).toEqual(value),
  );

  test('only what is on one line fits into a sentence', () => {
    expect(isShort('a\nb')).toBe(false);
    expect(isShort('a')).toBe(true);
  });
});

describe('changed words', () => {
  it('are those that differ', () => {
    expect(changedWords('We meet on Monday.', 'We meet on Friday.')).toEqual([
      { text: 'We meet on ', kind: 'same' },
      { text: 'Monday', kind: 'removed' },
      { text: 'Friday', kind: 'added' },
      { text: '.', kind: 'same' },
    ]);
  });

  it('are all of a text that is nothing like the one before', () => {
    const before = Array.from({ length: 3_000 }, (_, at) => `a${at} `).join('');
    const after = Array.from({ length: 3_000 }, (_, at) => `b${at} `).join('');
    expect(changedWords(before, after)).toEqual([
      { text: before, kind: 'removed' },
      { text: after, kind: 'added' },
    ]);
  });
});

test('an address keeps only filters', () => {
  expect(conflictsSearch({ state: 'settled', kind: 'customer', x: 1 })).toEqual({
    state: 'settled',
    kind: 'customer',
  });
  expect(conflictsSearch({ state: 'open', kind: 7 })).toEqual({});
});
