import { describe, expect, it } from 'vitest';
import { kindOfPath, kindsOf } from '../../knowledge/kinds/kinds.ts';
import { kindsInForce } from '../../knowledge/kinds/kinds-in-force.ts';
import { usableKinds } from '../../knowledge/kinds/usable-kinds.ts';
import type { Kind } from '../../model/knowledge/entry.ts';

const pathOf = (name: string) => `.schemas/${name}.json`;

type Place = Partial<Pick<Kind, 'folder' | 'file' | 'personal'>>;

function kind(name: string, { folder = '', file = null, personal = false }: Place): Kind {
  return {
    ...{ name, folder, file, format: 'markdown', personal },
    ...{ titleField: 'name', schema: {}, indexFields: [] },
  };
}

function files(places: Record<string, Place>) {
  return Object.entries(places).map(([name, place]) => ({
    path: pathOf(name),
    kind: kind(name, place),
  }));
}

/** What is in force after these pushes, one after the other; the last one says what is wrong. */
function pushed(...pushes: Record<string, Place>[]) {
  let now: ReturnType<typeof kindsInForce> = { kinds: [], problems: [], held: false };
  for (const push of pushes) now = kindsInForce(now.kinds, files(push), pathOf);
  // Reading the same files again changes nothing.
  const again = kindsInForce(now.kinds, files(pushes.at(-1) ?? {}), pathOf);
  expect(again).toEqual(now);
  const of = (path: string) => kindOfPath(kindsOf(now.kinds), '', path)?.name;
  return { ...now, of, refused: now.problems.map(({ path }) => path) };
}

const contact = { folder: 'contacts', personal: true };

describe('the folder of customers stays theirs', () => {
  it.each<[string, Record<string, Place>[], string[]]>([
    ['if another kind asks for it', [{ skill: { folder: 'customers' } }], ['skill']],
    ['if another kind asks for a folder in it', [{ skill: { folder: 'customers/x' } }], ['skill']],
    ['if another kind asks for a file in it', [{ skill: { file: 'customers/x/a.md' } }], ['skill']],
    [
      'if a new kind asks for it, and customers get another folder',
      [{ client: { folder: 'customers' }, customer: { folder: 'accounts' } }],
      ['client', 'customer'],
    ],
    [
      'if customers get another folder first',
      [{ customer: { folder: 'accounts' } }, { skill: { folder: 'customers' } }],
      ['skill'],
    ],
    [
      'if their file is removed and comes back elsewhere',
      [
        { customer: { folder: 'customers' } },
        {},
        { customer: { folder: 'accounts' }, skill: { folder: 'customers' } },
      ],
      ['customer', 'skill'],
    ],
    ['if a kind has a folder around it', [{ skill: { folder: 'c' } }], []],
    ['if another kind would have its index file', [{ skill: { file: 'customers.md' } }], ['skill']],
  ])('%s', (_what, pushes, refused) => {
    const now = pushed(...pushes);
    expect(now.of('customers/x/a.md')).toBe('customer');
    expect(now.refused).toEqual(refused.map(pathOf));
    expect(now.held).toBe(refused.length > 0);
  });
});

describe('the folder of an own kind with personal data stays its own', () => {
  it.each<[string, Record<string, Place>, string[]]>([
    ['if its file is removed', {}, ['contact']],
    ['if it is renamed', { person: contact }, ['person', 'contact']],
    ['if another kind takes it over', { skill: { folder: 'contacts' } }, ['skill', 'contact']],
    ['if it moves', { contact: { ...contact, folder: 'people' } }, ['contact']],
    [
      'if it moves and another kind comes after it',
      { contact: { ...contact, folder: 'people' }, skill: { folder: 'contacts' } },
      ['contact', 'skill'],
    ],
    ['if it is no longer personal', { contact: { folder: 'contacts' } }, ['contact']],
    ['if a kind has a folder around it', { contact, skill: { folder: 'con' } }, []],
  ])('%s', (_what, push, refused) => {
    const now = pushed({ contact }, push);
    expect(now.of('contacts/a.md')).toBe('contact');
    expect(kindsOf(now.kinds).find(({ name }) => name === 'contact')?.personal).toBe(true);
    expect(now.refused).toEqual(refused.map(pathOf));
  });

  it('however many kinds come before it', () => {
    const many = Object.fromEntries(
      Array.from({ length: 100 }, (_, at) => [`a-${at}`, { folder: `a-${at}` }]),
    );
    expect(pushed({ contact }, { ...many, contact }).of('contacts/a.md')).toBe('contact');
  });

  it('if the built-in kind that had that place comes back', () => {
    const now = pushed({ skill: { folder: 'tips' } }, { skill: { folder: 'tips' }, contact: { folder: 'skills', personal: true } }, { contact: { folder: 'skills', personal: true } }); // prettier-ignore
    expect(now.of('skills/a.md')).toBe('contact');
    expect(now.of('tips/a.md')).toBe('skill');
    expect(now.refused).toEqual([pathOf('skill')]);
  });
});

describe('a kind stays as it was if its file asks for too much', () => {
  it('an own one in its folder', () => {
    const now = pushed({ tip: { folder: 'tips' } }, { tip: { folder: 'customers/tips' } });
    expect(now.of('tips/a.md')).toBe('tip');
    expect(now.of('customers/tips/a.md')).toBe('customer');
    expect(now.problems[0]?.message).toContain('accept-kinds');
  });

  it('and all others are what their files say', () => {
    const now = pushed({ skill: { folder: 'customers' }, preset: { folder: 'presets' } });
    expect(now.of('presets/a.md')).toBe('preset');
    expect(now.of('skills/a.md')).toBe('skill');
  });
});

it('a kind may change everything else, and its schema may come and go', () => {
  expect(pushed({ customer: { folder: 'customers' } }, {}).problems).toEqual([]);
  expect(pushed({ preset: { folder: 'a' } }, { preset: { folder: 'b' } }).problems).toEqual([]);
  expect(pushed({ preset: { folder: 'a' } }, {}).kinds).toEqual([]);
});

it('what an admin accepted, or what was there before this rule, is in force', () => {
  const accepted = { partner: { folder: 'customers/partners' }, customer: { folder: 'accounts' } };
  const { kinds } = usableKinds(files(accepted));
  const now = kindsInForce(kinds, files(accepted), pathOf);
  expect(now).toMatchObject({ problems: [], held: false });
  const [again] = [kindsInForce(now.kinds, files(accepted), pathOf)];
  expect(again).toEqual(now);
  expect(kindOfPath(kindsOf(now.kinds), '', 'customers/partners/a.md')?.name).toBe('partner');
  expect(kindOfPath(kindsOf(now.kinds), '', 'accounts/a.md')?.name).toBe('customer');
});

it('customers belongs to the customers even after an admin accepted another folder for them', () => {
  const customer = { folder: 'accounts' };
  const { kinds } = usableKinds(files({ customer }));
  const now = kindsInForce(kinds, files({ customer, skill: { folder: 'customers' } }), pathOf);
  expect(kindOfPath(kindsOf(now.kinds), '', 'customers/a.md')).toBeNull();
  expect(now.problems.map(({ path }) => path)).toEqual([pathOf('skill')]);
});
