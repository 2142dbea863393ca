import { describe, expect, it, test } from 'vitest';
import { needsOf } from '../../../knowledge/review/needs-of.ts';
import type {
  ReviewAuthor,
  ReviewRule,
  ReviewedChange,
} from '../../../model/knowledge/review-rules.ts';
import { edit, eva, rule } from './reviewing.ts';

function names(rules: ReviewRule[], changes: ReviewedChange[], author: ReviewAuthor = eva) {
  return needsOf(rules, changes, [author]).map(({ name }) => name);
}

function applies(given: Partial<ReviewRule>, change: ReviewedChange, author = eva): boolean {
  return names([rule(given)], [change], author).includes('Rule');
}

const price = (value: number) => ({ id: 'a', price: value });

describe('a rule applies by', () => {
  it.each<[string, Partial<ReviewRule>, ReviewedChange, boolean]>([
    ['nothing else', {}, edit(price(1), price(2)), true],
    ['the kind', { kinds: ['document', 'skill'] }, edit(price(1), price(2)), true],
    ['not another kind', { kinds: ['document'] }, edit(price(1), price(2)), false],
    ['the path', { paths: ['skills/*'] }, edit(price(1), price(2)), true],
    ['the path, in folders', { paths: ['skills/*'] }, edit(price(1), price(2), { path: 'skills/x/y/z.md' }), true], // prettier-ignore
    ['the path, however it is written', { paths: ['Skills/Č*'] }, edit(price(1), price(2), { path: 'skills/c\u030ca.md' }), true], // prettier-ignore
    ['not another path', { paths: ['skills/pricing/*'] }, edit(price(1), price(2)), false],
    ['the whole path', { paths: ['skills'] }, edit(price(1), price(2)), false],
    ['the field', { fields: ['price'] }, edit(price(1), price(2)), true],
    ['not another field', { fields: ['title'] }, edit(price(1), price(2)), false],
    ['the kind and the field', { kinds: ['document'], fields: ['price'] }, edit(price(1), price(2)), false], // prettier-ignore
    ['not a file that is no entry', { kinds: ['skill'] }, edit(null, price(1), { kind: null, path: 'x.yml' }), false], // prettier-ignore
  ])('%s', (_what, given, change, expected) => {
    expect(applies(given, change)).toBe(expected);
  });
});

describe('a changed field is one with another value', () => {
  it.each<[string, ReviewedChange, boolean]>([
    ['the same value', edit({ price: 1, id: 'a' }, { id: 'b', price: 1 }), false],
    ['a map in another order', edit({ price: { a: 1, b: 2 } }, { price: { b: 2, a: 1 } }), false],
    ['a list in another order', edit({ price: [1, 2] }, { price: [2, 1] }), true],
    ['an empty one instead of none', edit({ price: null }, { id: 'a' }), false],
    ['a removed one', edit(price(1), { id: 'a' }), true],
    ['an added one', edit({ id: 'a' }, price(1)), true],
    ['a text instead of a number', edit({ price: 1 }, { price: '1' }), true],
    ['one deep inside', edit({ price: { a: [1] } }, { price: { a: [2] } }), true],
    ['a new entry that has it', edit(null, price(1), { action: 'create' }), true],
    ['a new entry without it', edit(null, { id: 'a' }, { action: 'create' }), false],
    ['a removed entry that has it', edit(price(1), null, { action: 'delete' }), true],
    ['fields that cannot be read any more', edit(price(1), null, { after: { fields: null, body: '---' } }), true], // prettier-ignore
    ['fields that could not be read', edit(null, price(1), { before: { fields: null, body: '---' } }), true], // prettier-ignore
  ])('%s', (_what, change, expected) => {
    expect(applies({ fields: ['price'] }, change)).toBe(expected);
  });

  it.each<[string, string, string, boolean]>([
    ['another text', 'One.\n', 'Two.\n', true],
    ['other line ends', 'One.\nTwo.\n', 'One.\r\nTwo.\r', false],
  ])('the body: %s', (_what, before, after, expected) => {
    const change = { before: { fields: {}, body: before }, after: { fields: {}, body: after } };
    expect(applies({ fields: ['body'] }, edit({}, {}, change))).toBe(expected);
  });

  it('the body of what appears or disappears, and a field of that name', () => {
    expect(applies({ fields: ['body'] }, edit(null, {}))).toBe(true);
    expect(applies({ fields: ['body'] }, edit({}, null))).toBe(true);
    expect(applies({ fields: ['body'] }, edit({ body: 1 }, { body: 2 }))).toBe(true);
  });

  it('a field that every object in JavaScript has', () => {
    expect(applies({ fields: ['constructor'] }, edit({}, {}))).toBe(false);
    expect(applies({ fields: ['toString'] }, edit({}, { toString: 1 }))).toBe(true);
  });
});

describe('a move', () => {
  const paths = ['skills/pricing/*'];
  const move = (path: string, movedTo: string) =>
    edit(price(1), price(1), { action: 'move', path, movedTo });

  it.each<[string, ReviewedChange, boolean, boolean]>([
    ['into the paths of a rule', move('skills/a.md', 'skills/pricing/a.md'), true, true],
    ['out of them', move('skills/pricing/a.md', 'skills/a.md'), true, true],
    ['within them', move('skills/pricing/a.md', 'skills/pricing/b.md'), true, false],
    ['elsewhere', move('skills/a.md', 'skills/b.md'), false, false],
  ])('%s', (_what, change, withPaths, withFields) => {
    expect(applies({ paths }, change)).toBe(withPaths);
    // What was not seen there before is new there, with all of its fields.
    expect(applies({ paths, fields: ['price'] }, change)).toBe(withFields);
  });
});

describe('a rule about authors', () => {
  it.each<[string, string[], ReviewAuthor, boolean]>([
    ['by e-mail', ['EVA@example.com'], eva, true],
    ['not another', ['jan@example.com'], eva, false],
    ['by role', ['role:editor'], eva, true],
    ['with a lower role', ['role:publisher'], eva, true],
    ['not with a higher role', ['role:editor'], { ...eva, role: 'publisher' }, false],
    ['without a role, as who pushed', ['role:editor'], { ...eva, role: null }, true],
  ])('%s', (_what, authors, author, expected) => {
    expect(applies({ authors }, edit(price(1), price(2)), author)).toBe(expected);
  });

  it('applies if it is about one of several', () => {
    const jan: ReviewAuthor = { email: 'jan@example.com', role: 'admin' };
    const rules = [rule({ authors: ['role:editor'] })];
    expect(needsOf(rules, [edit(price(1), price(2))], [jan])).toEqual([]);
    expect(needsOf(rules, [edit(price(1), price(2))], [jan, eva])).toHaveLength(1);
  });
});

test('all rules that apply to one of the changes add up, each once', () => {
  const rules = [
    rule({ name: 'Skills', kinds: ['skill'] }),
    rule({ name: 'Prices', fields: ['price'], approvals: 2, approvers: ['role:publisher'] }),
    rule({ name: 'Documents', kinds: ['document'] }),
    rule({ name: 'Skills', kinds: ['skill'], paths: ['skills/*'] }),
  ];
  const changes = [edit(price(1), price(2)), edit(price(1), price(3), { path: 'skills/b.md' })];
  expect(needsOf(rules, changes, [eva])).toEqual([
    { name: 'Skills', approvals: 1, approvers: null, author: false },
    { name: 'Prices', approvals: 2, approvers: ['role:publisher'], author: false },
  ]);
  expect(needsOf([], changes, [eva])).toEqual([]);
  expect(needsOf(rules, [], [eva])).toEqual([]);
});

test('patterns that are made to be slow do not take long', () => {
  const pattern = (at: number) => `*${'a'.repeat(240)}${String(at).padStart(4, '0')}*`;
  const paths = Array.from({ length: 32 }, (_, at) => pattern(at));
  const long = Array.from({ length: 2 }, (_, at) =>
    edit(price(1), price(2), { path: `${'a'.repeat(1_000)}${at}` }),
  );
  const many = Array.from({ length: 2_000 }, (_, at) =>
    edit(price(1), price(2), { path: `skills/${'a'.repeat(50)}${at}` }),
  );
  const started = performance.now();
  expect(needsOf([rule({ paths })], [...long, ...many], [eva])).toEqual([]);
  expect(performance.now() - started).toBeLessThan(3_000);
});

describe('a change of the rules themselves', () => {
  const file = edit(null, {}, { kind: null, path: '.gitward/rules.yml', action: 'create' });

  it('needs an operator or admin, whatever they say', () => {
    expect(needsOf([], [file], [eva])).toEqual([
      { name: 'Review rules', approvals: 1, approvers: ['role:operator'], author: false },
    ]);
    // Added rules come into force by a push, so none may take that away.
    const own = rule({ paths: ['.gitward/rules.yml'], approvers: ['eva@example.com'] });
    expect(names([own], [file])).toEqual(['Rule', 'Review rules']);
  });

  it('also its removal, a move, and another spelling', () => {
    const path = '.gitward/rules.yml';
    for (const change of [
      edit({}, null, { kind: null, path, action: 'delete' }),
      edit({}, {}, { kind: null, path, movedTo: '.gitward/old.yml', action: 'move' }),
      edit({}, {}, { kind: null, path: 'a.md', movedTo: path, action: 'move' }),
      edit(null, {}, { kind: null, path: '.Gitward/RULES.yml', action: 'create' }),
    ])
      expect(names([], [change])).toEqual(['Review rules']);
    expect(names([], [{ ...file, path: 'x/.gitward/rules.yml' }])).toEqual([]);
  });
});

describe('a change of an environment', () => {
  const environment = (before: boolean | string | number | null, after: boolean | null) =>
    names([], [
      edit(
        before === null ? null : { protected: before },
        after === null ? null : { protected: after },
        { kind: 'environment', path: 'environments/production.md' },
      ),
    ]); // prettier-ignore

  it('needs somebody else if it is protected now, not if it will be', () => {
    expect(environment(true, true)).toEqual(['Protected environments']);
    expect(environment(true, false)).toEqual(['Protected environments']);
    expect(environment(true, null)).toEqual(['Protected environments']);
    // As people write it: whatever is neither false nor empty protects.
    expect(environment('true', true)).toEqual(['Protected environments']);
    expect(environment(1, true)).toEqual(['Protected environments']);
    expect(environment(false, true)).toEqual([]);
    expect(environment(null, true)).toEqual([]);
  });

  it('also if nobody can read what it is now; no entry of another kind', () => {
    const before = { fields: null, body: '' };
    const unreadable = edit(null, {}, { kind: 'environment', before });
    expect(names([], [unreadable])).toEqual(['Protected environments']);
    expect(names([], [edit({ protected: true }, {})])).toEqual([]);
  });
});
