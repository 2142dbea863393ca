import { describe, expect, it } from 'vitest';
import { checkedMove } from '../../../knowledge/environments/required-checks.ts';
import { builtInKinds } from '../../../knowledge/kinds/kinds.ts';
import { needsOf } from '../../../knowledge/review/needs-of.ts';

const kindOf = (name: string) => {
  const kind = builtInKinds.find((one) => one.name === name);
  if (kind === undefined) throw new Error(`There is no kind ${name}.`);
  return kind;
};
const commit = (digit: string) => `commit: ${digit.repeat(40)}\n`;
const file = (more: string) => `---\nid: live\nname: Live\n${more}---\n`;
const required = 'requireChecks: true\n';

describe('a change of an environment has to be checked', () => {
  it.each<[string, string | null, string | null, boolean]>([
    ['if it points elsewhere', file(required + commit('a')), file(required + commit('b')), true],
    ['if an entry in it does', file(required), file(`${required}entries:\n  call: ${'a'.repeat(40)}\n`), true], // prettier-ignore
    ['if an experiment does', file(required), file(`${required}experiments: {}\n`), true],
    ['if it follows a branch', file(required), file(`${required}ref: main\n`), true],
    ['also if it lifts that', file(required + commit('a')), file(commit('b')), true],
    ['for whatever is not false', file('requireChecks: perhaps\n'), file(commit('b')), true],
    ['if it could not be read', '---\nid: "\n---\n', file(commit('b')), true],
    ['not if only its words change', file(required), file(`${required}title: x\n`), false],
    ['not if it begins to require them', file(commit('a')), file(required + commit('b')), false],
    ['not if it requires none', file('requireChecks: false\n'), file(commit('b')), false],
    ['not if it is new', null, file(required + commit('a')), false],
    ['not if it is removed', file(required), null, false],
  ])('%s', (_what, before, after, expected) => {
    expect(checkedMove(kindOf('environment'), { before, after }) !== null).toBe(expected);
    expect(checkedMove(kindOf('skill'), { before, after })).toBeNull();
  });
});

describe('what lifts the requirement needs somebody else', () => {
  const change = { kind: 'environment', path: 'environments/live.md', action: 'edit' } as const;
  const content = (requireChecks: boolean | null) => ({ fields: requireChecks === null ? {} : { requireChecks }, body: '' }); // prettier-ignore
  const needs = (before: boolean | null, after: boolean | null | 'removed') =>
    needsOf([], [{ ...change, before: content(before), after: after === 'removed' ? null : content(after) }], []).map(({ name }) => name); // prettier-ignore

  it.each<[boolean | null, boolean | null | 'removed', string[]]>([
    [true, true, []],
    [true, null, ['Required checks']],
    [true, false, ['Required checks']],
    [true, 'removed', ['Required checks']],
    [null, true, []],
    [false, 'removed', []],
  ])('from %s to %s', (before, after, expected) => {
    expect(needs(before, after)).toEqual(expected);
  });
});
