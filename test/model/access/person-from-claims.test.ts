import { describe, expect, it } from 'vitest';
import { personFromClaims } from '../../../model/access/person-from-claims.ts';

const reader = { role: 'reader' as const, projects: null, spaces: [] };
const admin = { role: 'admin' as const, projects: null, spaces: null };
const settings = {
  groupsClaim: 'groups',
  rules: [
    { group: 'ops', ...admin },
    { group: 'sales', ...reader },
  ],
  everyone: null,
};

describe('what a person may do', () => {
  it.each([
    ['the first rule with one of their groups', { groups: ['sales', 'ops'] }, 'admin'],
    ['one group as a text', { groups: 'sales' }, 'reader'],
    ['no group with a rule', { groups: ['other', 'OPS', ' ops'] }, null],
    ['groups that are no texts', { groups: [{ name: 'ops' }, 1, null] }, null],
    ['no groups', {}, null],
  ])('%s', (_what, claims, role) => {
    expect(personFromClaims(settings, { sub: '1', ...claims })?.role ?? null).toBe(role);
  });

  it('is what everyone may, for those without a rule', () => {
    const open = { ...settings, everyone: reader };
    expect(personFromClaims(open, { sub: '1' })).toMatchObject(reader);
    expect(personFromClaims(open, { sub: '1', groups: ['ops'] })).toMatchObject(admin);
  });

  it('can come from inside an object, but not from what every object has', () => {
    const nested = { ...settings, groupsClaim: 'realm_access.roles' };
    const claims = { sub: '1', realm_access: { roles: ['ops'] } };
    expect(personFromClaims(nested, claims)?.role).toBe('admin');
    const named = { sub: '1', 'realm_access.roles': ['sales'] };
    expect(personFromClaims(nested, named)?.role).toBe('reader');
    const inherited = { ...settings, groupsClaim: 'constructor.name', rules: [{ group: 'Object', ...admin }] }; // prettier-ignore
    expect(personFromClaims(inherited, { sub: '1' })).toBeNull();
  });
});

describe('who a person is', () => {
  const of = (claims: object) =>
    personFromClaims({ ...settings, everyone: reader }, { sub: 'subject', ...claims });

  it.each([
    [{ name: 'Ada\n L.', preferred_username: 'ada', email: 'a@x' }, 'Ada L.', 'a@x'],
    [{ preferred_username: 'ada', email: 'a@x' }, 'ada', 'a@x'],
    [{ name: '  ', email: 'a@x' }, 'a@x', 'a@x'],
    [{ name: 7, email: ['a@x'] }, 'subject', null],
    [{ name: 'Ada', email: 'a@x', email_verified: false }, 'Ada', null],
    [{ name: 'Ada', email: 'a@x\n>' }, 'Ada', null],
    [{ name: '😀'.repeat(300) }, '😀'.repeat(200), null],
  ])('%j', (claims, name, email) => {
    expect(of(claims)).toMatchObject({ name, email });
  });
});
