import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeEntries, settleConflict } from '../../../knowledge/merge/merge-entries.ts';
import { canonicalText } from '../../../knowledge/merge/same-value.ts';
import { readEntry } from '../../../knowledge/entries/read-entry.ts';
import type { ConflictPart, EntryFields, JsonValue } from '../../../model/knowledge/entry.ts';
import { customer, fieldsOf, merging } from './merging.ts';
import { randomRuns, randomSeed } from '../../support/random-runs.ts';

/**
 * Which side changed something: for `both`, they made the same change; for `clash`, each made its
 * own.
 */
const change = fc.constantFrom('none', 'none', 'git', 'mine', 'both', 'clash');
type Change = 'none' | 'git' | 'mine' | 'both' | 'clash';
type Side = 'base' | 'git' | 'mine';

/** The word that a side has at a place with this change. */
function word(of: Change, side: Side): string {
  if (side === 'base' || of === 'none') return 'base';
  if (of === 'both') return 'both';
  return of === 'clash' || of === side ? side : 'base';
}

const plan = fc.record({
  scalars: fc.array(change, { minLength: 1, maxLength: 6 }),
  map: fc.array(change, { minLength: 1, maxLength: 4 }),
  owners: fc.array(change, { minLength: 1, maxLength: 4 }),
  removed: change,
  tags: fc.array(fc.constantFrom('base', 'git', 'mine', 'addGit', 'addMine', 'addBoth'), {
    maxLength: 6,
  }),
  paragraphs: fc.array(change, { maxLength: 5 }),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  bom: fc.boolean(),
  ended: fc.boolean(),
});
type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never;

/**
 * Whether a side has a tag. A tag may be on all sides, removed by one side, or added by one or
 * both.
 */
function hasTag(tag: Plan['tags'][number], side: Side): boolean {
  if (tag.startsWith('add'))
    return side !== 'base' && ['addBoth', `add${side === 'git' ? 'Git' : 'Mine'}`].includes(tag);
  return tag !== side || side === 'base';
}

function textOf(side: Side, given: Plan, own: Partial<Record<string, Side>> = {}): string {
  const as = (id: string, of: Change) => word(of, of === 'clash' ? (own[id] ?? side) : side);
  const fields = [
    'id: acme',
    ...given.scalars.map((of, at) => `scalar${at}: ${as(`scalar${at}`, of)} # of ${at}`),
    ...(word(given.removed, side) === 'both' ? [] : [`removed: '${word(given.removed, side)}'`]),
    'tags:',
    '  - always',
    ...given.tags.flatMap((tag, at) => (hasTag(tag, side) ? [`  - ${tag}${at}`] : [])),
    'map:',
    ...given.map.map((of, at) => `  key${at}: ${word(of, side)}`),
    'owners:',
    ...given.owners.flatMap((of, at) => [
      `  - email: o${at}@example.com`,
      `    name: ${word(of, side)}`,
    ]),
  ];
  const body = given.paragraphs.flatMap((of, at) => ['', `The ${word(of, side)} ${at}.`]);
  const text = ['---', ...fields, '---', ...body].join(given.lineEnd);
  return (given.bom ? '\ufeff' : '') + text + (given.ended ? given.lineEnd : '');
}

function clashes(given: Plan): string[] {
  const named = (list: Change[], name: (at: number) => string) =>
    list.flatMap((of, at) => (of === 'clash' ? [name(at)] : []));
  return [
    ...named(given.scalars, (at) => `field:/scalar${at}`),
    ...(given.removed === 'clash' ? ['field:/removed'] : []),
    ...named(given.map, (at) => `field:/map/key${at}`),
    ...named(given.owners, (at) => `field:/owners/email=o${at}@example.com/name`),
    ...given.paragraphs.filter((of) => of === 'clash').map((_of, at) => `body:${at + 1}`),
  ].sort();
}

/** The fields, with the tags in a fixed order, and the body. */
function content(text: string | null): [string, string] {
  const { body, fields } = readEntry(text ?? '', customer);
  const tags = Array.isArray(fields.tags) ? [...fields.tags].map(String).sort() : [];
  return [canonicalText({ ...fields, tags }), body];
}

const swapped = ({ git, mine, ...part }: ConflictPart) => ({ ...part, git: mine, mine: git });
/**
 * Leaves out the pointer, which names list items by their index, since that may differ between the
 * sides.
 */
const withoutPointer = ({ id, what, base, git, mine }: ConflictPart) => ({
  id,
  what,
  base,
  git,
  mine,
});
const byId = (parts: ConflictPart[]) => [...parts].sort((a, b) => (a.id < b.id ? -1 : 1));

test('only what both sides changed differently is a conflict, and everything else comes from the side that changed it', async () => {
  await fc.assert(
    fc.asyncProperty(plan, async (given) => {
      const sides = {
        base: textOf('base', given),
        git: textOf('git', given),
        mine: textOf('mine', given),
      };
      const input = merging(sides);
      const merged = await mergeEntries(input);
      const parts = merged.kind === 'conflict' ? merged.parts : [];
      expect(parts.map(({ id }) => id).sort()).toEqual(clashes(given));
      for (const part of parts.filter(({ what }) => what === 'field'))
        expect([part.base, part.git, part.mine]).toEqual(['base', 'git', 'mine']);

      for (const take of ['git', 'mine'] as const) {
        const expected = expectedFields(given, take);
        const settled = await settleConflict(input, { take });
        expect(content(settled)[0]).toBe(canonicalText(expected));
        const paragraphs = given.paragraphs.flatMap((of, at) => {
          const taken = of === 'none' ? 'base' : of === 'clash' ? take : of;
          return ['', `The ${taken} ${at}.`];
        });
        const end = given.ended ? given.lineEnd : '';
        const body = paragraphs.join(given.lineEnd) + (paragraphs.length > 0 ? end : '');
        expect(content(settled)[1]).toBe(body);
        if (take === 'git') expect(merged.text).toBe(settled);
        const choices = Object.fromEntries(parts.map(({ id }) => [id, take]));
        expect(await settleConflict(input, { parts: choices })).toBe(settled);
        // All other bytes come from the sides as well: the BOM, the line ends and the comments.
        expect(settled?.startsWith('\ufeff')).toBe(given.bom);
        expect(settled?.replaceAll(given.lineEnd, '')).not.toMatch(/[\r\n]/);
        expect(settled?.match(/# of \d/g)).toEqual(sides.git.match(/# of \d/g));
      }

      const other = await mergeEntries(merging({ ...sides, git: sides.mine, mine: sides.git }));
      expect(byId(other.kind === 'conflict' ? other.parts : [])).toEqual(byId(parts.map(swapped)));
      if (merged.kind === 'clean') expect(content(other.text)).toEqual(content(merged.text));
    }),
    { numRuns: randomRuns(5), seed: randomSeed },
  );
});

function expectedFields(given: Plan, take: 'git' | 'mine'): EntryFields {
  const taken = (of: Change) => (of === 'none' ? 'base' : of === 'clash' ? take : of);
  const list = (changes: Change[], name: string): [string, JsonValue][] =>
    changes.map((of, at) => [`${name}${at}`, taken(of)]);
  return {
    id: 'acme',
    ...Object.fromEntries(list(given.scalars, 'scalar')),
    ...(taken(given.removed) === 'both' ? {} : { removed: taken(given.removed) }),
    tags: [
      'always',
      ...given.tags.flatMap((tag, at) =>
        tag === 'base' || tag.startsWith('add') ? [`${tag}${at}`] : [],
      ),
    ].sort(),
    map: Object.fromEntries(list(given.map, 'key')),
    owners: given.owners.map((of, at) => ({ email: `o${at}@example.com`, name: taken(of) })),
  };
}

const line = fc.constantFrom(
  '---',
  'id: a',
  'id: b',
  'tags: [a, b]',
  'tags:',
  '- b',
  'x: &y 1',
  'z: *y',
  'k: "',
  '# comment',
  '',
  'text',
  'n: {a: 1}',
  '\ud800',
  '\0',
);
const anyEntry = fc.option(
  fc
    .tuple(fc.boolean(), fc.array(line, { maxLength: 8 }), fc.constantFrom('\n', '\r\n'))
    .map(([fenced, lines, end]) => (fenced ? ['---', ...lines, '---', 'body'] : lines).join(end)),
  { nil: null },
);

test('for any texts, a change of one side alone gives the text of that side, and swapped sides have the same conflicts', async () => {
  await fc.assert(
    fc.asyncProperty(anyEntry, anyEntry, anyEntry, async (base, git, mine) => {
      expect(await mergeEntries(merging({ base, git: base, mine }))).toEqual({
        kind: 'clean',
        text: mine,
      });
      expect(await mergeEntries(merging({ base, git, mine: base }))).toEqual({
        kind: 'clean',
        text: git,
      });
      expect(await mergeEntries(merging({ base, git: mine, mine }))).toEqual({
        kind: 'clean',
        text: mine,
      });
      const merged = await mergeEntries(merging({ base, git, mine }));
      const other = await mergeEntries(merging({ base, git: mine, mine: git }));
      const parts = merged.kind === 'conflict' ? merged.parts : [];
      expect(byId(other.kind === 'conflict' ? other.parts : [])).toMatchObject(
        byId(parts.map(swapped)).map(withoutPointer),
      );
      // An empty field is equivalent to a missing one.
      if (merged.kind === 'clean')
        expect(canonicalText(fieldsOf(other.text))).toBe(canonicalText(fieldsOf(merged.text)));
      for (const take of ['git', 'mine'] as const)
        await settleConflict(merging({ base, git, mine }), { take });
    }),
    { numRuns: randomRuns(15), seed: randomSeed },
  );
});
