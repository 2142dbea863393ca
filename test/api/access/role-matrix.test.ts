import { readFile, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { revokeToken, type NewToken } from '../../../db/access/tokens.ts';
import { ApiProblem } from '../../../api/http/problem.ts';
import { adminToken, apiUnderTest, withMirror } from '../api-under-test.ts';

/*
 * Every route, and what each kind of token gets from it: the table in `role-matrix.txt` is what was decided. A new
 * route has no line there yet, and a change of access rules changes a cell: decide, and write it down with
 * `GITWARD_DECIDE=1 npx vitest run role-matrix`.
 */
const decided = new URL('role-matrix.txt', import.meta.url);
const away = () => Promise.reject(new ApiProblem(503, 'timed_out', 'No repository is there.'));
const api = await apiUnderTest({
  clones: { withClone: away, askTip: away, askRef: away },
  texts: { merge: away, diff: away },
  previewMirror: away,
  previewChange: away,
  checkRepository: away,
  // Each request comes from another address, since an address that is refused too often is refused
  // for a minute.
  trustedProxies: '127.0.0.1',
});

for (const project of ['shop', 'bank']) await withMirror(api, project);
for (const id of ['sales', 'legal']) {
  const repository = { url: `https://git.example/${id}.git`, branch: 'main' };
  await api.call('POST', '/v1/spaces', { id, name: id, repository });
  for (const [kind, name] of [
    ['skill', 'mending'],
    ['customer', 'acme'],
    ['system-prompt', 'call'],
    ['document-template', 'offer'],
  ])
    await api.call('POST', `/v1/spaces/${id}/entries`, {
      kind,
      fields: { id: name, name, title: name },
    });
}
const operation = await api.call('POST', '/v1/spaces/sales/actions/sync', {});

const all = { projects: null, spaces: null };
const nothing = { projects: [], spaces: [] };
const of = (space: string, kinds: string[] | null, role: 'editor' | 'reader') => ({
  projects: [],
  spaces: [{ space, kinds, role }],
});
const day = 86_400_000;

/** The columns: the kinds of tokens. */
const tokens: Record<string, (Partial<NewToken> & Pick<NewToken, 'role'>) | string | null> = {
  'no token': null,
  unknown: 'gw_unknown',
  expired: { role: 'admin', expiresAt: new Date(Date.now() - day) },
  admin: adminToken,
  operator: { role: 'operator', ...all },
  publisher: { role: 'publisher', ...all },
  editor: { role: 'editor', ...all },
  reader: { role: 'reader', ...all },
  agent: { role: 'agent', ...all },
  'operator of nothing': { role: 'operator', ...nothing },
  'operator of shop': { role: 'operator', projects: ['shop'], spaces: [] },
  'operator of bank': { role: 'operator', projects: ['bank'], spaces: [] },
  'reader of shop': { role: 'reader', projects: ['shop'], spaces: [] },
  'operator of all spaces': { role: 'operator', projects: [], spaces: null },
  'editor of sales': { role: 'editor', ...of('sales', null, 'editor') },
  'editor of skills in sales': { role: 'editor', ...of('sales', ['skill'], 'editor') },
  'reader of customers in sales': { role: 'editor', ...of('sales', ['customer'], 'reader') },
  'editor of legal': { role: 'editor', ...of('legal', null, 'editor') },
};

const uuid = '00000000-0000-4000-8000-000000000009';
/** Bodies that pass the schema and yet change nothing that a later request needs. */
const bodies: Record<string, unknown> = {
  'POST /v1/session': { code: 'gl_unknown' },
  'PUT /v1/settings/open-id-connect': {
    ...{ name: 'x', issuer: 'https://id.example', clientId: 'x', clientSecret: 'a-secret' },
  },
  'PUT /v1/me/host-tokens': { origin: 'git.example', token: 'a-secret' },
  'POST /v1/notice-channels': { name: 'ops', kind: 'email', email: 'ops@example.com' },
  'POST /v1/events': [],
  'POST /v1/spaces/{space}/entries': { kind: 'customer', fields: { id: 'acme', name: 'acme' } },
  'PUT /v1/spaces/{space}/entries/{entry}': { base: '0'.repeat(40), body: 'x' },
  'POST /v1/spaces/{space}/entries/{entry}/actions/move': {
    base: '0'.repeat(40),
    slug: 'x',
  },
  'POST /v1/spaces/{space}/entries/{entry}/actions/restore': {
    base: '0'.repeat(40),
    commit: '0'.repeat(40),
  },
  'POST /v1/spaces/{space}/actions/accept-kinds': { heldKinds: '0'.repeat(64) },
  'POST /v1/spaces/{space}/actions/accept-rules': { heldRules: '0'.repeat(64) },
  'POST /v1/spaces/{space}/actions/import': {
    kind: 'customer',
    items: [{ name: 'customers/acme.md', content: 'x' }],
  },
  'PUT /v1/spaces/{space}/drafts/{draft}': { kind: 'customer', fields: {} },
  'POST /v1/spaces/{space}/change-sets': { title: 'x' },
  'POST /v1/spaces/{space}/conflicts/{conflict}/actions/settle': { take: 'git' },
  'POST /v1/spaces/{space}/prompts/{prompt}/checks/{check}/actions/judge': {
    example: 1,
    passed: true,
  },
  ...Object.fromEntries(
    ['approve', 'request-changes', 'withdraw'].map((verb) => [
      `POST /v1/spaces/{space}/reviews/{review}/actions/${verb}`,
      { head: '0'.repeat(40) },
    ]),
  ),
  'POST /v1/spaces/{space}/reviews/{review}/actions/dismiss': {
    ...{ what: 'wish', email: 'x@example.com', head: '0'.repeat(40), comment: 'x' },
  },
  'POST /v1/spaces/{space}/conflicts/actions/settle': { ids: [uuid], take: 'git' },
};
const queries: Record<string, string> = {
  'GET /v1/find': '?text=s',
  'DELETE /v1/me/host-tokens': '?origin=git.example',
  'DELETE /v1/spaces/{space}/entries/{entry}': `?base=${'0'.repeat(40)}`,
  'GET /v1/spaces/{space}/entries/{entry}/diff': '?from=1w',
  'GET /v1/projects/{project}/mirrors/{branch}/file': '?path=configs',
  'GET /v1/projects/{project}/mirrors/{branch}/lineage': '?table=in.c-shop.orders',
  'GET /v1/projects/{project}/mirrors/{branch}/objects/comparison':
    '?table=in.c-shop.orders&from=1w',
  'GET /v1/projects/{project}/mirrors/{branch}/objects/versions': '?table=in.c-shop.orders',
  'GET /v1/projects/{project}/mirrors/{branch}/sample': '?table=in.c-shop.orders',
  'GET /v1/projects/{project}/mirrors/{branch}/search': '?text=orders',
};
const parameters: Record<string, string> = {
  project: 'shop',
  branch: '1',
  sha: '0'.repeat(40),
  space: 'sales',
  entry: 'acme',
  prompt: 'call',
  template: 'offer',
  environment: 'latest',
  operation: String(operation.body.id),
  conflict: uuid,
  check: uuid,
  draft: uuid,
  review: '1',
  changeSet: uuid,
  credential: uuid,
  token: uuid,
  person: uuid,
  session: uuid,
};
/** The codes that hide something from a caller who may not see it, as if it did not exist. */
const hidden = ['project_not_found', 'space_not_found', 'entry_not_found', 'operation_not_found'];

async function secretOf(token: (typeof tokens)[string]): Promise<string | null> {
  if (token === null || typeof token === 'string') return token;
  return api.token(token);
}

let callers = 0;

async function cell(base: string, route: string, secret: string | null): Promise<string> {
  const [method = '', path = ''] = route.split(' ');
  const url = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => parameters[name] ?? name);
  const body = bodies[route] ?? (method === 'GET' || method === 'DELETE' ? undefined : {});
  const stop = new AbortController();
  const answer = await fetch(base + url + (queries[route] ?? ''), {
    method,
    redirect: 'manual',
    signal: stop.signal,
    headers: {
      'x-forwarded-for': `198.51.${(callers >> 8) & 255}.${callers++ & 255}`,
      ...(secret === null ? {} : { authorization: `Bearer ${secret}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const isProblem = String(answer.headers.get('content-type')).includes('problem');
  const { code = '' } = isProblem ? ((await answer.json()) as { code?: string }) : {};
  stop.abort();
  // Access to a space is checked after the body was read, so an invalid body would hide the result.
  const saysNothing = path.startsWith('/v1/spaces/{space}/') ? [400, 429, 500] : [429, 500];
  expect(saysNothing, `${route}: ${code}`).not.toContain(answer.status);
  if (answer.status === 401 || answer.status === 403) return String(answer.status);
  return hidden.includes(code) ? '404' : 'yes';
}

it('gives each kind of token what was decided, on every route', { timeout: 180_000 }, async () => {
  const base = await api.app.listen({ port: 0, host: '127.0.0.1' });
  expect((api.app.server.address() as AddressInfo).port).toBeGreaterThan(0);
  const secrets = await Promise.all(
    Object.entries(tokens).map(async ([name, token]) => [name, await secretOf(token)] as const),
  );
  const { body } = await api.call('GET', '/openapi.json');
  const routes = Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const revoked = await api.call('POST', '/v1/tokens', {
    name: 'revoked',
    role: 'operator',
    ...all,
  });
  await revokeToken(api.db, String(revoked.body.id));
  secrets.splice(3, 0, ['revoked', String(revoked.body.token)]);

  const lines: string[] = [];
  for (const route of routes.toSorted()) {
    const cells: string[] = [];
    for (const [, secret] of secrets) cells.push((await cell(base, route, secret)).padEnd(4));
    lines.push(`${route.padEnd(72)} ${cells.join('').trimEnd()}`);
  }
  const legend = secrets.map(([name], index) => `${String(index + 1).padStart(2)} ${name}`);
  const head = `${''.padEnd(72)} ${secrets.map((_one, index) => String(index + 1).padEnd(4)).join('')}`;
  const table = `${[...legend, '', head.trimEnd(), ...lines].join('\n')}\n`;
  console.log(table);
  if (process.env.GITWARD_DECIDE === '1') await writeFile(decided, table);
  expect(table).toBe(await readFile(decided, 'utf8'));
});
