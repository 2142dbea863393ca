import { beforeAll, expect, it } from 'vitest';
import { replaceFindings } from '../../../db/streams/secret-findings.ts';
import { SeededSigns } from '../../secrets/seeded-signs.ts';
import { trueSecrets } from '../../secrets/true-secrets.ts';
import { findInDatabase } from '../../support/search/find-in-database.ts';
import { apiUnderTest } from '../api-under-test.ts';
import { insertSalesSpace } from './sales-space.ts';

const api = await apiUnderTest({
  checkSpaceVisibility: () => Promise.resolve({ result: 'private', reason: 'So it is.' }),
});
const entries = '/v1/spaces/sales/entries';
const signs = new SeededSigns(21);
const token = trueSecrets['a token of GitHub']?.(signs).text ?? '';
const other = trueSecrets['a Storage token of Keboola']?.(signs).text ?? '';

beforeAll(() => insertSalesSpace(api.db));

const customer = (id: string, body: string) => ({
  kind: 'customer',
  fields: { id, name: id },
  body,
});

/** The fingerprints that a refusal names. */
function fingerprintsIn(body: unknown): string {
  const { errors = [] } = body as { errors?: { message: string }[] };
  return errors.map(({ message }) => /[0-9a-f]{32}$/.exec(message)?.[0]).join(',');
}

it('a save with a secret is refused with its line, and stores nothing, unless it is confirmed', async () => {
  const asked = customer('acme', `# Acme\n\nUse ${token}.\n`);
  const refused = await api.call('POST', entries, asked);
  expect(refused).toMatchObject({
    status: 422,
    body: {
      code: 'secret_found',
      detail: expect.stringMatching(/^Line 9 of knowledge\/customers\/acme\.md .*\(github\)/),
      errors: [{ message: expect.stringContaining('line 9: github') }],
    },
  });
  expect(refused.text).not.toContain(token);
  expect(await findInDatabase(api.db, token)).toEqual([]);

  // Another one's fingerprint confirms nothing.
  const none = await api.call('POST', `${entries}?confirmSecrets=${'0'.repeat(32)}`, asked);
  expect(none.status).toBe(422);
  const confirmed = fingerprintsIn(refused.body);
  const saved = await api.call('POST', `${entries}?confirmSecrets=${confirmed}`, asked);
  expect(saved.status).toBe(201);

  // What the entry has already does not stand in the way of other edits; another secret does.
  const { blob, text } = saved.body as { blob: string; text: string };
  const edited = await api.call('PUT', `${entries}/acme`, {
    base: blob,
    text: text.replace('# Acme', '# Acme, Inc.'),
  });
  expect(edited.status).toBe(200);
  const more = await api.call('PUT', `${entries}/acme`, {
    base: edited.body.blob,
    text: `${String(edited.body.text)}\nor ${other}\n`,
  });
  expect(more.body).toMatchObject({
    code: 'secret_found',
    errors: [{ message: expect.stringContaining('keboola-token') }],
  });
  expect(await findInDatabase(api.db, other)).toEqual([]);
});

it('what the rules of the space allow is saved, and a space may only report, or not look', async () => {
  const asked = (id: string) => customer(id, `Use ${other}.`);
  const refused = await api.call('POST', entries, asked('beta'));
  expect(refused.body.code).toBe('secret_found');
  const allow = (rules: object) => api.call('PATCH', '/v1/spaces/sales', { rules });
  const fingerprints = [fingerprintsIn(refused.body)];
  expect((await allow({ allowedSecrets: { fingerprints } })).body.rules).toMatchObject({
    secretsInText: 'mask',
    allowedSecrets: { paths: [], fingerprints },
  });
  expect((await api.call('POST', entries, asked('beta'))).status).toBe(201);
  await allow({ allowedSecrets: { paths: ['*/customers/g*'] } });
  expect((await api.call('POST', entries, asked('delta'))).status).toBe(422);
  expect((await api.call('POST', entries, asked('gamma'))).status).toBe(201);
  for (const secretsInText of ['warn', 'off']) {
    expect((await allow({ secretsInText })).body.rules).toMatchObject({
      secretsInText,
      allowedSecrets: { paths: ['*/customers/g*'] },
    });
    expect((await api.call('POST', entries, asked(`delta-${secretsInText}`))).status).toBe(201);
  }
});

it('the findings of a space are listed by path and line, page by page', async () => {
  const at = (path: string, line: number) => ({
    ...{ path, line, column: 1, rule: 'github', fingerprint: 'a'.repeat(32), masked: false },
  });
  const found = [at('knowledge/customers/acme.md', 3), at('knowledge/skills/mending.md', 2)];
  const paths = found.map(({ path }) => path);
  await api.db.transaction().execute((trx) => replaceFindings(trx, 'space/sales', paths, found));
  const first = await api.call('GET', '/v1/spaces/sales/secrets?limit=1');
  expect(first.body).toMatchObject({ items: [found[0]] });
  const cursor = String(first.body.nextCursor);
  const second = await api.call('GET', `/v1/spaces/sales/secrets?limit=1&cursor=${cursor}`);
  expect(second.body).toMatchObject({ items: [found[1]], nextCursor: null });
});
