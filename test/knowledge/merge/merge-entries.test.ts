import { describe, expect, test } from 'vitest';
import {
  BadSettlement,
  mergeEntries,
  settleConflict,
} from '../../../knowledge/merge/merge-entries.ts';
import type { MergeResult } from '../../../model/knowledge/entry.ts';
import { fieldsOf, merging, settings } from './merging.ts';

const base = `---
id: acme
name: ACME # as they write it
region: "emea"
tier: gold
tags:
  - a
  - b
  - c
owners:
  - name: Ada
    email: ada@example.com
  - name: Jan
    email: jan@example.com
billing: { city: Brno, zip: '60200' }
considerations:
  - first
  - second
---
One paragraph.

Another paragraph.
`;

function clean(result: MergeResult): string {
  if (result.kind !== 'clean') throw new Error(JSON.stringify(result.parts));
  return result.text ?? 'removed';
}

function parts(result: MergeResult): [string, unknown, unknown, unknown][] {
  if (result.kind === 'clean') return [];
  return result.parts.map((part) => [part.id, part.base, part.git, part.mine]);
}

describe('front matter', () => {
  test('takes changes of neighbouring fields from both sides, and keeps all other bytes of Git', async () => {
    const git = base.replace('"emea"', '"apac"').replace('One', 'The first');
    const mine = base.replace('tier: gold', 'tier: silver').replace('Another', 'A second');
    const text = clean(await mergeEntries(merging({ base, git, mine })));
    expect(text).toBe(git.replace('tier: gold', 'tier: silver').replace('Another', 'A second'));
  });

  test('keeps a comment that only one side wrote', async () => {
    const git = base.replace('id: acme', 'id: acme # theirs');
    const mine = base.replace('  - second', '  - second # mine');
    expect(clean(await mergeEntries(merging({ base, git, mine })))).toBe(
      git.replace('  - second', '  - second # mine'),
    );
  });

  test('reports a field that both sides changed differently as a conflicting part, and merges the rest', async () => {
    const git = base.replace('gold', 'silver');
    const mine = base.replace('gold', 'bronze').replace('"emea"', '"apac"');
    const result = await mergeEntries(merging({ base, git, mine }));
    expect(parts(result)).toEqual([['field:/tier', 'gold', 'silver', 'bronze']]);
    expect(result.text).toBe(git.replace('"emea"', '"apac"'));
  });

  test('a change that both sides made is not a conflict', async () => {
    const git = base.replace('gold', 'silver').replace('first', '1st');
    const mine = base.replace('gold', "'silver'").replace('"emea"', '"apac"');
    expect(clean(await mergeEntries(merging({ base, git, mine })))).toBe(
      git.replace('"emea"', '"apac"'),
    );
  });

  test('a set takes the items that either side added or removed', async () => {
    const git = base.replace('  - a\n', '').replace('  - c\n', '  - c\n  - d\n');
    const mine = base.replace('  - b\n', '').replace('  - c\n', '  - c\n  - d\n  - e\n');
    const { tags } = fieldsOf(clean(await mergeEntries(merging({ base, git, mine }))));
    expect(tags).toEqual(['c', 'd', 'e']);
  });

  test('any other list is one part', async () => {
    const git = base.replace('first', '1st');
    const mine = base.replace('second', '2nd');
    expect(parts(await mergeEntries(merging({ base, git, mine })))).toEqual([
      ['field:/considerations', ['first', 'second'], ['1st', 'second'], ['first', '2nd']],
    ]);
  });

  test('maps are merged by their keys, and lists of maps by the field that identifies each map', async () => {
    const git = base
      .replace('Brno', 'Praha')
      .replace('name: Jan', 'name: Jan Novák')
      .replace('  - name: Ada\n    email: ada@example.com\n', '');
    const mine = base
      .replace("'60200'", "'60300'")
      .replace('name: Jan', 'name: Honza')
      .replace('owners:\n', 'owners:\n  - { name: Eva, email: eva@example.com }\n');
    const result = await mergeEntries(merging({ base, git, mine }));
    expect(parts(result)).toEqual([
      ['field:/owners/email=jan@example.com/name', 'Jan', 'Jan Novák', 'Honza'],
    ]);
    expect(result.kind === 'conflict' && result.parts[0]?.pointer).toBe('/owners/0/name');
    expect(fieldsOf(result.text)).toMatchObject({
      billing: { city: 'Praha', zip: '60300' },
      owners: [
        { name: 'Jan Novák', email: 'jan@example.com' },
        { name: 'Eva', email: 'eva@example.com' },
      ],
    });
  });

  test('a field that one side removed and the other changed is a conflicting part', async () => {
    const git = base.replace('tier: gold\n', '');
    const mine = base.replace('gold', 'silver').replace('first', '1st');
    const result = await mergeEntries(merging({ base, git, mine }));
    expect(parts(result)).toEqual([['field:/tier', 'gold', null, 'silver']]);
    expect(fieldsOf(result.text)).not.toHaveProperty('tier');
    const settled = await settleConflict(merging({ base, git, mine }), { take: 'mine' });
    expect(fieldsOf(settled)).toMatchObject({ tier: 'silver', considerations: ['1st', 'second'] });
    const swapped = merging({ base, git: mine, mine: git });
    expect(fieldsOf(await settleConflict(swapped, { take: 'mine' }))).not.toHaveProperty('tier');
  });

  test('keys such as __proto__ are treated like any other key', async () => {
    const git = base.replace('tier: gold', '__proto__: { a: 1 }\ntier: gold');
    const mine = base.replace('tier: gold', 'tier: gold\nconstructor: mine');
    const merged = fieldsOf(clean(await mergeEntries(merging({ base, git, mine }))));
    expect(Object.hasOwn(merged, 'constructor')).toBe(true);
    expect(Object.hasOwn(merged, '__proto__')).toBe(true);
    expect(({} as { a?: number }).a).toBeUndefined();
  });
});

describe('body', () => {
  test('each paragraph that conflicts is one part, and everything else is merged around it', async () => {
    const git = base.replace('Another', 'Their').replace('gold', 'silver');
    const mine = base.replace('Another', 'My').replace('One', 'The first');
    const input = merging({ base, git, mine });
    expect(parts(await mergeEntries(input))).toEqual([
      ['body:1', 'Another paragraph.\n', 'Their paragraph.\n', 'My paragraph.\n'],
    ]);
    expect(await settleConflict(input, { parts: { 'body:1': { value: 'Ours.' } } })).toBe(
      git.replace('One', 'The first').replace('Their paragraph.', 'Ours.'),
    );
  });

  test('a value given for a part in the middle is not joined to the next line', async () => {
    const more = `${base}\nThe end.\n`;
    const input = merging({
      base: more,
      git: more.replace('Another', 'Their'),
      mine: more.replace('Another', 'My'),
    });
    const crlf = (text: string | null) => (text ?? '').replaceAll('\n', '\r\n');
    expect(await settleConflict(input, { parts: { 'body:1': { value: 'Ours.' } } })).toBe(
      more.replace('Another paragraph.', 'Ours.'),
    );
    const windows = merging({
      base: crlf(input.base),
      git: crlf(input.git),
      mine: crlf(input.mine),
    });
    expect(await settleConflict(windows, { parts: { 'body:1': { value: 'Ours.' } } })).toBe(
      crlf(more.replace('Another paragraph.', 'Ours.')),
    );
  });

  test('a value given for a part at the end adds no line end, and is not joined to the line before it', async () => {
    const short = '---\nid: acme\n---\nOne';
    const input = merging({ base: short, git: `${short}\n\nTheirs`, mine: `${short}\n\nMine` });
    const settled = await settleConflict(input, { parts: { 'body:1': { value: 'Ours' } } });
    expect(settled).toBe(`${short}\nOurs`);
  });

  test('bodies that exceed the limits are one part', async () => {
    const git = `${base}a`;
    const mine = `${base}b`;
    const input = { ...merging({ base, git, mine }), mergeTexts: () => Promise.resolve(null) };
    const [part] = parts(await mergeEntries(input));
    const body = 'One paragraph.\n\nAnother paragraph.\n';
    expect(part).toEqual(['body:1', body, `${body}a\n`, `${body}b\n`]);
    expect(await settleConflict(input, { take: 'mine' })).toBe(mine);
  });

  test('a closing fence without a line end gets one if a body follows', async () => {
    const short = '---\nid: acme\ntier: gold\n---';
    const git = short.replace('gold', 'silver');
    const mine = `${short}\nA body.`;
    const text = clean(await mergeEntries(merging({ base: short, git, mine })));
    expect(text).toBe(`${git}\nA body.`);
    const ended = { base: `${short}\nx`, git: `${short}\ny`, mine: short };
    const settled = await settleConflict(merging(ended), { take: 'git' });
    expect(settled).toBe(`${short}\ny`);
  });
});

describe('merging whole entries', () => {
  test('an entry that one side removed and the other changed is one part', async () => {
    const mine = base.replace('gold', 'silver');
    const input = merging({ base, git: null, mine });
    expect(await mergeEntries(input)).toEqual({
      kind: 'conflict',
      parts: [{ id: 'file', what: 'file', pointer: '', base, git: null, mine }],
      text: null,
    });
    expect(await settleConflict(input, { take: 'mine' })).toBe(mine);
    expect(await settleConflict(input, { take: 'git' })).toBeNull();
    expect(await settleConflict(input, { parts: { file: { value: null } } })).toBeNull();
    expect(clean(await mergeEntries(merging({ base, git: base, mine: null })))).toBe('removed');
  });

  test('two new entries are merged as if the base were empty', async () => {
    const git = '---\nid: acme\ntier: gold\n---\nSame.\n';
    const mine = '---\nid: acme\nregion: emea\n---\nSame.\n';
    const text = clean(await mergeEntries(merging({ base: null, git, mine })));
    expect(fieldsOf(text)).toEqual({ id: 'acme', tier: 'gold', region: 'emea' });
    expect(text).toContain('\n---\nSame.\n');
  });

  test('front matter that cannot be read is merged by lines, or is one part', async () => {
    const broken = base.replace('region: "emea"', 'region: "emea').replace('owners:', '\nowners:');
    const git = broken.replace('gold', 'silver');
    const mine = broken.replace('- second', '- 2nd');
    expect(clean(await mergeEntries(merging({ base: broken, git, mine })))).toBe(
      git.replace('- second', '- 2nd'),
    );
    const other = broken.replace('gold', 'bronze');
    expect(parts(await mergeEntries(merging({ base: broken, git, mine: other })))).toEqual([
      ['file', broken, git, other],
    ]);
  });

  test('a change that no edit can write makes the whole entry one part', async () => {
    const anchored = '---\nid: acme\na: &x 1\nb: *x\nc: *x\n---\n';
    const git = anchored.replace('*x', '2');
    const mine = anchored.replace('&x 1', '&x 5');
    const result = await mergeEntries(merging({ base: anchored, git, mine }));
    expect(parts(result)).toEqual([['file', anchored, git, mine]]);
    expect(result.text).toBe(git);
    // Once nothing refers to the anchor any more, its value can be edited.
    const [base, gits, mines] = [anchored, git, mine].map((text) => text.replace('c: *x\n', ''));
    const finer = await mergeEntries(merging({ base: base!, git: gits!, mine: mines! }));
    expect(parts(finer)).toEqual([['field:/b', 1, 2, 5]]);
    expect(finer.text).toBe('---\nid: acme\na: &x 5\nb: 2\n---\n');
  });

  test('a JSON entry is merged by key', async () => {
    const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
    const from = { id: 'x', nested: { a: ['1'], b: 1 }, c: true };
    const input = merging(
      {
        base: json(from),
        git: json({ ...from, nested: { a: ['1', '2'], b: 2 } }),
        mine: json({ ...from, nested: { a: ['3'], b: 3 }, c: false }),
      },
      settings,
    );
    const result = await mergeEntries(input);
    expect(parts(result)).toEqual([['field:/nested/b', 1, 2, 3]]);
    expect(fieldsOf(result.text, settings)).toEqual({
      id: 'x',
      nested: { a: ['2', '3'], b: 2 },
      c: false,
    });
  });
});

test('a JSON entry that is too long to be edited by field is merged by lines if the result is valid JSON', async () => {
  const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`;
  const list = Array.from({ length: 5_000 }, (_item, at) => [`k${at}`, 'base'] as const);
  const from = { id: 'x', ...Object.fromEntries(list) };
  const input = merging(
    { base: json(from), git: json({ ...from, k1: 'git' }), mine: json({ ...from, k9: 'mine' }) },
    settings,
  );
  expect(clean(await mergeEntries(input))).toBe(json({ ...from, k1: 'git', k9: 'mine' }));
  const torn = merging(
    { base: json(from), git: json({ new: 1, ...from }), mine: json({ ...from, k9: 'mine' }) },
    settings,
  );
  const { mine } = torn;
  const broken = { ...torn, mine: mine === null ? null : mine.replace('"k2": "base",', '"k2": 1') };
  expect(parts(await mergeEntries(torn))).toEqual([]);
  expect(parts(await mergeEntries(broken))).toEqual([
    ['file', broken.base, broken.git, broken.mine],
  ]);
});

describe('a settlement', () => {
  const input = merging({
    base,
    git: base.replace('gold', 'silver').replace('Another', 'Their').replace('first', '1st'),
    mine: base.replace('gold', 'bronze').replace('Another', 'My').replace('"emea"', '"apac"'),
  });

  test('takes one side in the parts that conflict, and both sides everywhere else', async () => {
    const merged = base.replace('first', '1st').replace('"emea"', '"apac"');
    expect(await settleConflict(input, { take: 'git' })).toBe(
      merged.replace('gold', 'silver').replace('Another', 'Their'),
    );
    expect(await settleConflict(input, { take: 'mine' })).toBe(
      merged.replace('gold', 'bronze').replace('Another', 'My'),
    );
    expect(
      await settleConflict(input, {
        parts: { 'field:/tier': { value: 'platinum' }, 'body:1': 'mine' },
      }),
    ).toBe(merged.replace('gold', 'platinum').replace('Another', 'My'));
    expect(await settleConflict(input, { text: 'As I say.' })).toBe('As I say.\n');
  });

  test.each([
    [{ 'field:/tier': 'git' as const }, 'body:1 also needs a choice'],
    [
      { 'field:/tier': 'git' as const, 'body:1': 'git' as const, 'body:2': 'git' as const },
      'no part body:2',
    ],
    [{ 'field:/tier': 'git' as const, 'body:1': { value: 3 } }, 'body:1 must be a text'],
    [{ 'field:/tier': 'git' as const, constructor: 'git' as const }, 'no part constructor'],
  ])('is refused with the reason: %j', async (given, message) => {
    const settled = settleConflict(input, { parts: given });
    await expect(settled).rejects.toThrow(BadSettlement);
    await expect(settled).rejects.toThrow(message);
  });
});
