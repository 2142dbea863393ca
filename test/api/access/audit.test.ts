import { ourselves } from '../../../model/access/actor.ts';
import { describe, expect, test } from 'vitest';
import { sql } from 'kysely';
import { auditQuery, recordAudit } from '../../../db/access/audit.ts';
import { testDatabase } from '../../support/postgres.ts';
import { workOfSelect } from '../../support/query-work.ts';
import { apiUnderTest } from '../api-under-test.ts';

const api = await apiUnderTest();
const { db } = api;

interface Entry {
  actor: string;
  action: string;
  target: string;
}

const entries: [actor: string, action: string, target: string, at: string][] = [
  ['ada', 'mirror.enable', 'mirror/shop/1', '2026-03-01T10:00:00Z'],
  ['ada', 'mirror.pause', 'mirror/shop/1', '2026-03-02T10:00:00Z'],
  ['eva', 'mirror.pause', 'mirror/shop/12', '2026-03-02T10:00:00Z'],
  ['eva', 'space.create', 'space/shop', '2026-03-03T10:00:00Z'],
  ['e%a', 'odd_one', '100%', '2026-03-04T10:00:00Z'],
];
for (const [actor, action, target, at] of entries) {
  await recordAudit(db, { ...{ actor, action, target }, by: ourselves, requestId: null });
  await sql`UPDATE audit_log SET at = ${at} WHERE id = (SELECT max(id) FROM audit_log)`.execute(db);
}

async function asked(query: string): Promise<string[]> {
  const { status, body, text } = await api.call('GET', `/v1/audit${query}`);
  expect(status, text).toBe(200);
  return (body.items as Entry[]).map(({ actor, action, target }) =>
    [actor, action, target].join(' '),
  );
}

const lines = entries.map(([actor, action, target]) => [actor, action, target].join(' '));
const newestFirst = (...places: number[]) => places.map((place) => lines[place]);

describe('the audit log', () => {
  test.each([
    ['', newestFirst(4, 3, 2, 1, 0)],
    ['?actor=ada', newestFirst(1, 0)],
    ['?actor=ad', []],
    ['?actor=e%25a', newestFirst(4)],
    ['?action=mirror.', newestFirst(2, 1, 0)],
    ['?action=mirror.p', newestFirst(2, 1)],
    ['?action=odd_', newestFirst(4)],
    ['?action=_dd', []],
    ['?target=mirror/shop/1', newestFirst(2, 1, 0)],
    ['?target=100%25', newestFirst(4)],
    ['?target=%25', []],
    ['?from=2026-03-02T10:00:00Z', newestFirst(4, 3, 2, 1)],
    ['?to=2026-03-02T10:00:00Z', newestFirst(0)],
    ['?from=2026-03-02&to=2026-03-03', newestFirst(2, 1)],
    ['?actor=eva&action=mirror&target=mirror/shop&from=2026-03-01', newestFirst(2)],
  ])('answers "%s"', async (query, expected) => {
    expect(await asked(query)).toEqual(expected);
  });

  test.each(['from=soon', 'to=2026-13-01'])('refuses %s', async (query) => {
    const answer = await api.call('GET', `/v1/audit?${query}`);
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid_request' } });
  });

  test('pages through what a filter leaves, each once', async () => {
    for (const filter of ['', '&action=mirror.', '&from=2026-03-02']) {
      const seen: string[] = [];
      let cursor = '';
      do {
        const page = await api.call('GET', `/v1/audit?limit=1${filter}${cursor}`);
        seen.push(...(page.body.items as Entry[]).map((one) => `${one.actor} ${one.target}`));
        cursor = page.body.nextCursor === null ? '' : `&cursor=${String(page.body.nextCursor)}`;
      } while (cursor !== '');
      const whole = await api.call('GET', `/v1/audit?${filter.slice(1)}`);
      expect(seen).toEqual(
        (whole.body.items as Entry[]).map((one) => `${one.actor} ${one.target}`),
      );
    }
  });
});

describe('with many entries, a page', async () => {
  const { db: full } = await testDatabase();
  await sql`
    INSERT INTO audit_log (at, actor, action, target)
    SELECT timestamptz '2026-04-01' + i * interval '1 minute', 'actor' || i % 50,
      CASE WHEN i % 1000 = 0 THEN 'token.revoke' ELSE 'mirror.sync' END, 'mirror/p' || i % 300 || '/1'
    FROM generate_series(1, 30000) i`.execute(full);
  await sql`ANALYZE audit_log`.execute(full);
  test.each([
    ['of an actor', { actor: 'actor7' }],
    ['of a rare action', { action: 'token.' }],
    ['of a common action', { action: 'mirror.' }],
    ['of a target', { target: 'mirror/p7/' }],
    ['of a time long ago', { from: new Date('2026-04-02'), to: new Date('2026-04-03') }],
  ])('%s is found without reading all of them', async (_name, wanted) => {
    const { rows } = await workOfSelect(auditQuery(full, { ...wanted, limit: 51 }));
    expect(rows).toBeGreaterThan(10);
    expect(rows).toBeLessThan(1_000);
  });
});
