import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { actionName } from '../../../web/pages/access/audit/action-name.ts';
import { root, sourceFiles } from '../../house/read-imports.ts';
import { auditQuery, auditSearch } from '../../../web/pages/access/audit/audit-search.ts';
import { targetPlace } from '../../../web/pages/access/audit/audit-target.ts';

describe('the address of the audit log', () => {
  it.each<[Record<string, unknown>, object]>([
    [{}, {}],
    [
      { actor: 'Ada', action: 'token.', target: 'token/', from: '2026-11-01', entry: 12 },
      { actor: 'Ada', action: 'token.', target: 'token/', from: '2026-11-01', entry: 12 },
    ],
    // An address has a number where a name looks like one.
    [{ actor: 42 }, { actor: '42' }],
    [{ actor: '', from: 'yesterday', to: '2026-13-01', entry: -1, other: 'x' }, {}],
    [{ entry: '12', from: 20261101 }, {}],
  ])('reads %j as %j', (raw, read) => {
    expect(auditSearch(raw)).toEqual(read);
  });

  it('asks for whole days of the viewer, the last one included', () => {
    expect(auditQuery({ from: '2026-11-28', to: '2026-11-30', entry: 3 })).toEqual({
      from: new Date(2026, 10, 28).toISOString(),
      to: new Date(2026, 11, 1).toISOString(),
    });
  });
});

it.each([
  ['person/7', { to: '/access/people', search: { show: 'all', item: '7' } }],
  ['token/7', { to: '/access/tokens', search: { show: 'all', item: '7' } }],
  ['credential/7', { to: '/access/credentials', search: { item: '7' } }],
  ['notice-channel/7', { to: '/access/notices', search: { item: '7' } }],
  ['session/7', { to: '/access/sessions', search: { show: 'all', item: '7' } }],
  ['mirror/12345/1000', { to: '/mirrors/12345/1000', search: {} }],
  ['space/sales', { to: '/spaces/sales', search: {} }],
  ['space/sales/entry-1', { to: '/spaces/sales', search: {} }],
  ['mirror/a b/1?x', { to: '/mirrors/a%20b/1%3Fx', search: {} }],
  ['settings/open-id-connect', { to: '/access/sign-in', search: {} }],
  ['project/12345', null],
  ['person/', null],
  ['', null],
])('the target %j leads to %j', (target, place) => {
  expect(targetPlace(target)).toEqual(place);
});

it('has words for each action that the API writes down by its name', () => {
  const sources = sourceFiles('api').map((file) => readFileSync(join(root, file), 'utf8'));
  const written = sources.flatMap((source) =>
    [...source.matchAll(/action: '([a-z-]+\.[a-z-]+)'/g)].map(([, action = '']) => action),
  );
  expect(written).toContain('session.refuse');
  expect(written.filter((action) => actionName(action) === action)).toEqual([]);
});
