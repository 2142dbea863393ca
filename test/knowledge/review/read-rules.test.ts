import { describe, expect, it, test } from 'vitest';
import { checkedRules } from '../../../knowledge/review/checked-rules.ts';
import { readRules } from '../../../knowledge/review/read-rules.ts';
import {
  rulesInForce,
  unknownKinds,
  weakenedRules,
} from '../../../knowledge/review/rules-in-force.ts';
import { rulesDigest } from '../../../knowledge/review/rules-file.ts';
import { rule } from './reviewing.ts';

const path = 'knowledge/.gitward/rules.yml';

function read(...lines: string[]) {
  return readRules(lines.join('\n'), path);
}

/** What is wrong, as `line: message`. */
function faults(...lines: string[]): string[] {
  const result = read(...lines);
  if ('rules' in result) throw new Error('There are no problems.');
  expect(result.problems.every((one) => one.path === path)).toBe(true);
  return result.problems.map(({ line, message }) => `${line}: ${message}`);
}

test('a file with every key', () => {
  expect(
    read(
      '# Who must approve',
      'review:',
      '  - name: Prices',
      '    kinds: [skill, document]',
      '    paths: ["skills/pricing/*"]',
      '    fields: [price, body]',
      '    authors: ["role:editor"]',
      '    approvals: 2',
      '    approvers: [eva@example.com, "role:publisher"]',
      '    author: true',
      '  - name: Everything',
    ),
  ).toEqual({
    rules: [
      {
        name: 'Prices',
        kinds: ['skill', 'document'],
        paths: ['skills/pricing/*'],
        fields: ['price', 'body'],
        authors: ['role:editor'],
        approvals: 2,
        approvers: ['eva@example.com', 'role:publisher'],
        author: true,
      },
      { name: 'Everything', approvals: 1, author: false },
    ],
  });
});

test.each([[''], ['# Nothing yet\n'], ['review:\n'], ['review: []\n'], ['\ufeffreview: []\n']])(
  'a file without rules: %j',
  (text) => {
    expect(readRules(text, path)).toEqual({ rules: [] });
    expect(readRules(new TextEncoder().encode(text), path)).toEqual({ rules: [] });
  },
);

describe('a typo never removes a rule: the whole file is refused, with the line', () => {
  it.each<[string, string[], string]>([
    ['a key at the top', ['review: []', 'reviews: []'], '2: The key "reviews" is not known here'],
    ['a key of a rule', ['review:', '  - name: A', '    kind: [skill]'], '3: A rule has no key "kind"'], // prettier-ignore
    ['no name', ['review:', '  - kinds: [skill]'], '2: The field "name" is missing.'],
    ['a list that is a text', ['review:', '  - name: A', '    kinds: skill'], '3: This must be a list.'], // prettier-ignore
    ['a list that is empty', ['review:', '  - name: A', '    kinds: []'], '3: This must not have fewer'], // prettier-ignore
    ['a key without a value', ['review:', '  - name: A', '    paths:'], '3: This must be a list.'],
    ['rules that are no list', ['review:', '  name: A'], '1: This must be a list.'],
    ['no approvals', ['review:', '  - name: A', '    approvals: 0'], '3: This must be >= 1.'],
    ['too many', ['review:', '  - name: A', '    approvals: 11'], '3: This must be <= 10.'],
    ['half an approval', ['review:', '  - name: A', '    approvals: 1.5'], '3: This must be a whole number.'], // prettier-ignore
    ['a role that is none', ['review:', '  - name: A', '    approvers: [role:boss]'], '3: "role:boss" is neither'], // prettier-ignore
    ['a role without role:', ['review:', '  - name: A', '    authors: [editor]'], '3: "editor" is neither'], // prettier-ignore
    ['a folder', ['review:', '  - name: A', '    paths: [prompts/]'], '3: "prompts/" is no file: write "prompts/*"'], // prettier-ignore
    ['a path from the top', ['review:', '  - name: A', '    paths: [/prompts/*]'], '3: "/prompts/*" is no path'], // prettier-ignore
    ['a path of Windows', ['review:', '  - name: A', "    paths: ['prompts\\*']"], '3: "prompts\\*" is no path'], // prettier-ignore
    ['a path with ..', ['review:', '  - name: A', '    paths: [../prompts/*]'], '3: "../prompts/*" is no path'], // prettier-ignore
    ['a title of a kind', ['review:', '  - name: A', '    kinds: [Skills]'], '3: "Skills" cannot be a kind'], // prettier-ignore
    ['more approvals than people', ['review:', '  - name: A', '    approvals: 2', '    approvers: [a@b.cz, A@B.cz]'], '4: 2 approvals are needed, but only 1'], // prettier-ignore
    ['a name twice', ['review:', '  - name: A', '  - name: A'], '3: Another rule is named "A"'],
    ['a name with a line end', ['review:', '  - name: "A\\nB"'], '2: A name is one line'],
    ['a text that cannot be stored', ['review:', '  - name: "A\\0"'], '2: This contains NUL'],
    ['the same key twice', ['review: []', 'review: []'], '2: The YAML cannot be read: The key'],
    ['a list at the top', ['- name: A'], '1: The YAML cannot be read: It is not a mapping'],
    ['two documents', ['review: []', '---', 'review: []'], '2: The YAML cannot be read: There is more'], // prettier-ignore
    ['a pointer of Git LFS', ['version https://git-lfs.github.com/spec/v1', 'oid sha256:1'], '1: '],
    ['a list that does not end', ['review: ['], 'The YAML cannot be read'],
    ['marks of a merge', ['<<<<<<< ours', 'review: []', '======='], 'The YAML cannot be read'],
  ])('%s', (_what, lines, expected) => {
    expect(faults(...lines)[0]).toContain(expected);
  });

  it('and all problems are told', () => {
    const lines = ['review:', '  - name: A', '    paths: [/a]', '  - name: A', '    kinds: [B]'];
    expect(faults(...lines).map((text) => text.slice(0, 1))).toEqual(['3', '4', '5']);
  });

  it('a key that is special in JavaScript', () => {
    expect(faults('__proto__: {}')[0]).toContain('1: The key "__proto__" is not known');
    expect(faults('review:', '  - name: A', '    __proto__: {}')[0]).toContain('3: A rule has no key'); // prettier-ignore
  });
});

describe('a file that is too large or no text', () => {
  it('is refused', () => {
    for (const content of [null, '#'.repeat(65 * 1024), new Uint8Array([0xff])])
      expect(readRules(content, path)).toMatchObject({ problems: [{ path, line: 1 }] });
  });

  it('may have 100 rules, and more than front matter', () => {
    const rules = (count: number, rest: string) =>
      Array.from({ length: count }, (_, at) => `  - name: Rule ${at} ${rest}`);
    const large = read('review:', ...rules(100, 'x'.repeat(80)), '#'.repeat(40_000));
    expect('rules' in large && large.rules.length).toBe(100);
    expect(faults('review:', ...rules(101, ''))[0]).toContain('100');
  });

  it('may have paths with 8,000 characters in all', () => {
    const paths = (length: number) => `  - name: P${length}\n    paths: [${'a'.repeat(length)}]`;
    const full = Array.from({ length: 32 }, (_, at) => paths(219 + at));
    expect('rules' in read('review:', ...full)).toBe(true);
    expect(faults('review:', ...full, paths(254), paths(253), paths(252))[0]).toContain('8000');
  });

  it('whose aliases would become gigabytes is refused at once', () => {
    const levels = Array.from({ length: 40 }, (_, at) => {
      const of = at === 0 ? 'lol' : `*l${at - 1}`;
      return `x${at}: &l${at} [${Array.from({ length: 9 }, () => of).join(', ')}]`;
    });
    const started = performance.now();
    expect(faults(...levels)[0]).toContain('aliases expand to too much text');
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

test('rules of settings are checked in the same way', () => {
  expect(checkedRules([{ name: 'A', kinds: ['skill'] }])).toEqual({
    rules: [rule({ name: 'A', kinds: ['skill'] })],
  });
  expect(checkedRules([{ name: 'A' }, { name: 'B', paths: ['/x'] }])).toMatchObject({
    faults: [{ pointer: '/1/paths/0' }],
  });
});

describe('only what adds rules is not weaker', () => {
  const prices = rule({ name: 'Prices', kinds: ['skill', 'document'], approvals: 2 });
  const legal = rule({ name: 'Legal', paths: ['documents/*'] });

  it.each([
    ['the same in another order', [legal, prices], []],
    ['one more', [prices, legal, rule()], []],
    ['one less', [legal], ['Prices']],
    ['none', [], ['Prices', 'Legal']],
    ['fewer approvals', [{ ...prices, approvals: 1 }, legal], ['Prices']],
    ['more approvals, too', [{ ...prices, approvals: 3 }, legal], ['Prices']],
    ['another name', [{ ...prices, name: 'Price' }, legal], ['Prices']],
    ['another pattern', [prices, { ...legal, paths: ['documents/x/*'] }], ['Legal']],
    ['its author counts', [prices, { ...legal, author: true }], ['Legal']],
  ])('%s', (_what, after, weakened) => {
    expect(weakenedRules([prices, legal], after).map(({ name }) => name)).toEqual(weakened);
  });

  it('however the keys of a rule are ordered', () => {
    const turned = Object.fromEntries(Object.entries(prices).reverse()) as typeof prices;
    expect(weakenedRules([prices], [turned])).toEqual([]);
  });
});

test('both lists are in force together, each with where it is from', () => {
  const [one, two] = [rule({ name: 'One' }), rule({ name: 'Two' })];
  expect(rulesInForce([one], [two])).toEqual([
    { ...one, from: 'repository' },
    { ...two, from: 'settings' },
  ]);
  expect(rulesInForce([one])).toHaveLength(1);
});

test('a kind that the space does not have is told', () => {
  const rules = [rule({ name: 'A', kinds: ['skill', 'skil'] }), rule()];
  expect(unknownKinds(rules, [{ name: 'skill' }])).toEqual([
    'The rule "A" is about the kind "skil", which this space does not have: write another, or remove it.',
  ]);
});

test('a missing file is accepted by the same digest as an empty one', () => {
  expect(rulesDigest(null)).toBe(rulesDigest(''));
  expect(rulesDigest('a')).toBe(rulesDigest(new TextEncoder().encode('a')));
  expect(rulesDigest('a')).not.toBe(rulesDigest('b'));
});
