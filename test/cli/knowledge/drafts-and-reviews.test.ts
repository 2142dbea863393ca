import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { noteReview } from '../../../db/knowledge/reviews/review-marks.ts';
import { jsonb } from '../../../db/storable.ts';
import { createGitTextTools } from '../../../git/clones/text-tools.ts';
import { apiUnderTest } from '../../api/api-under-test.ts';
import { runKnowledge } from './run-knowledge.ts';

const directory = await mkdtemp(join(tmpdir(), 'commands-test-'));
afterAll(() => rm(directory, { recursive: true, force: true }));
const api = await apiUnderTest({ texts: createGitTextTools({ directory }) });
await api.app.listen({ host: '127.0.0.1', port: 0 });
const GITWARD_URL = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`;
let eva = '';
let jan = '';

beforeAll(async () => {
  const rule = { name: 'Contact data', kinds: ['customer'], fields: ['website'], approvals: 1 };
  await api.db
    .insertInto('spaces')
    .values({
      ...{ id: 'sales', name: 'Sales', repositoryUrl: 'https://example.com/sales.git' },
      ...{ repositoryBranch: 'main', root: 'knowledge' },
      rules: jsonb({
        ...{ publicKinds: ['customer'], index: true, notify: { emails: [] } },
        review: [{ ...rule, author: false }],
      }),
    })
    .execute();
  const person = (name: string) => ({ name, kind: 'person' as const, role: 'editor' as const });
  eva = await api.token({ ...person('Eva'), email: 'eva@example.com' });
  jan = await api.token({ ...person('Jan'), email: 'jan@example.com' });
});

/** What a command of a person prints; it has to succeed. */
async function said(token: string, ...args: string[]): Promise<string> {
  const { code, out, error } = await runKnowledge(args, { GITWARD_URL, GITWARD_TOKEN: token });
  expect({ code, error }, args.join(' ')).toEqual({ code: 0, error: '' });
  return out;
}

test('the guide’s commands for drafts and change sets do what it says', async () => {
  await said(eva, 'add', 'sales', 'customer', '--title', 'Acme', '--set', 'id=acme');
  await said(eva, 'edit', 'sales', 'acme', '--set', 'region=EMEA', '--draft');
  await said(eva, 'edit', 'sales', 'acme', '--set', 'tier=smb', '--draft');
  const shown = await said(eva, 'drafts', 'show', 'sales', 'acme');
  expect(shown).toMatch(/region: EMEA\n(?:.*\n)*tier: smb\n/);
  expect(await said(eva, 'show', 'sales', 'acme')).not.toContain('EMEA');
  expect(await said(jan, 'drafts', 'sales')).toBe('No drafts.\n');
  await said(eva, 'drafts', 'publish', 'sales', 'acme', '-m', 'They moved');
  expect(await said(eva, 'show', 'sales', 'acme')).toContain('region: EMEA\n');

  const begun = await said(eva, 'change-sets', 'create', 'sales', 'New regions');
  const id = /[0-9a-f-]{36}/.exec(begun)?.[0] ?? '';
  await said(eva, 'edit', 'sales', 'acme', '--set', 'region=APAC', '--change-set', id);
  const beta = ['--title', 'Beta GmbH', '--set', 'id=beta', '--change-set', id];
  await said(eva, 'add', 'sales', 'customer', ...beta);
  await said(eva, 'edit', 'sales', 'beta', '--set', 'tier=smb', '--draft');
  expect(await said(eva, 'drafts', 'sales', '--change-set', id)).toMatch(
    /acme[^]*beta|beta[^]*acme/,
  );
  await said(eva, 'change-sets', 'publish', 'sales', id);
  expect(await said(eva, 'show', 'sales', 'acme')).toContain('region: APAC\n');
  expect(await said(eva, 'show', 'sales', 'beta')).toContain('tier: smb\n');
  await said(eva, 'remove', 'sales', 'beta', '--draft');
  await said(eva, 'drafts', 'discard', 'sales', 'beta');
  expect(await said(eva, 'drafts', 'sales')).toBe('No drafts.\n');
  expect(await said(eva, 'change-sets', 'sales')).toBe('No change sets.\n');
});

test('the guide’s commands for reviews do what it says', async () => {
  const edit = ['edit', 'sales', 'acme', '--set', 'website=https://acme.example', '--wait'];
  expect(await said(eva, ...edit)).toContain('In review: #1: Change customer "Acme"\n');
  expect(await said(eva, 'show', 'sales', 'acme')).not.toContain('acme.example');
  expect(await said(jan, 'reviews', 'sales')).toMatch(/\n1 +opening +Change customer "Acme" +Eva/);
  const review = await api.db.selectFrom('reviews').selectAll().executeTakeFirstOrThrow();
  await noteReview(api.db, review, { state: 'open', headSha: 'c'.repeat(40) });
  const shown = await said(jan, 'reviews', 'show', 'sales', '1');
  expect(shown).toContain('+website: https://acme.example\n');
  expect(shown).toContain('! One approval is needed (rule "Contact data").\n');
  const ask = ['reviews', 'request-changes', 'sales', '1', '--comment', 'Is that theirs?'];
  expect(await said(jan, ...ask)).toContain('! Jan asked for changes');
  const approved = await said(jan, 'reviews', 'approve', 'sales', '1');
  expect(approved).toContain('approved  by everybody who must\n');
  expect(approved).toContain('Is that theirs?');
  await said(eva, 'reviews', 'merge', 'sales', '1');
  await said(eva, 'reviews', 'close', 'sales', '1');
});
