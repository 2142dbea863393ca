import { beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../../model/access/roles.ts';
import type { SpaceGrant } from '../../../model/knowledge/space.ts';
import { spaceOf } from '../../../api/knowledge/spaces/space-access.ts';
import { apiUnderTest } from '../api-under-test.ts';

/** A route that returns the caller's access, requested as the routes of entries do. */
const api = await apiUnderTest({}, [
  (routes, deps) => {
    routes.get('/v1/access/:space/:role/:kind', { config: { role: 'agent' } }, async (request) => {
      const { role, kind } = request.params as { role: Role; kind: string };
      const access = await spaceOf(deps, request);
      const kinds = access.kinds(role);
      return { may: access.may(role, kind), kinds: kinds ?? 'all' };
    });
    routes.get(
      '/v1/required/:space/:role/:kind',
      { config: { role: 'agent' } },
      async (request) => {
        const { role, kind } = request.params as { role: Role; kind: string };
        const access = await spaceOf(deps, request);
        if (kind === 'all') access.requireAll(role);
        else access.require(role, kind);
        return {};
      },
    );
  },
]);
const call: typeof api.call = (...given) => api.call(...given);

beforeAll(async () => {
  for (const id of ['sales', 'support']) {
    const repository = { url: `https://git.example/${id}.git`, branch: 'main' };
    const { status } = await call('POST', '/v1/spaces', { id, name: id, repository });
    expect(status).toBe(201);
  }
});

/** Creates a token as an admin does, and returns its secret. */
async function token(role: Role, rest: object = {}): Promise<string> {
  const made = await call('POST', '/v1/tokens', { name: 'one', role, spaces: null, ...rest });
  if (made.status !== 201) throw new Error(made.text);
  return String(made.body.token);
}

describe('access of a token to a space', () => {
  const skills = [{ space: 'sales', kinds: ['skill'], role: 'editor' }];
  const cases: [
    what: string,
    own: Role,
    rest: object,
    asked: [space: string, role: Role, kind: string],
    answer: boolean | 'not_found',
  ][] = [
    ['an editor saves any kind', 'editor', {}, ['sales', 'editor', 'customer'], true],
    ['an editor publishes nothing', 'editor', {}, ['sales', 'publisher', 'skill'], false],
    ['an agent reads', 'agent', {}, ['sales', 'reader', 'skill'], true],
    ['a reader saves nothing', 'reader', {}, ['sales', 'editor', 'skill'], false],
    [
      'a grant for a kind covers that kind',
      'editor',
      { spaces: skills },
      ['sales', 'editor', 'skill'],
      true,
    ],
    [
      'a grant for a kind covers no other kind',
      'editor',
      { spaces: skills },
      ['sales', 'editor', 'customer'],
      false,
    ],
    [
      'a grant for a kind does not allow reading another',
      'editor',
      { spaces: skills },
      ['sales', 'reader', 'customer'],
      false,
    ],
    [
      'a grant for a kind does not cover another space',
      'editor',
      { spaces: skills },
      ['support', 'reader', 'skill'],
      'not_found',
    ],
    [
      'a grant may be lower than the role',
      'publisher',
      { spaces: [{ space: 'sales', role: 'reader' }] },
      ['sales', 'editor', 'skill'],
      false,
    ],
    [
      'a grant without kind and role gives the role for all kinds',
      'publisher',
      { spaces: [{ space: 'sales' }] },
      ['sales', 'publisher', 'skill'],
      true,
    ],
    [
      'several grants for a space add up',
      'editor',
      { spaces: [...skills, { space: 'sales', kinds: ['customer'], role: 'reader' }] },
      ['sales', 'reader', 'customer'],
      true,
    ],
    [
      'several grants for a space keep their own roles',
      'editor',
      { spaces: [...skills, { space: 'sales', kinds: ['customer'], role: 'reader' }] },
      ['sales', 'editor', 'customer'],
      false,
    ],
    [
      'a token for some projects has no space',
      'operator',
      { projects: ['p'], spaces: undefined },
      ['sales', 'reader', 'skill'],
      'not_found',
    ],
    [
      'a token can be for some projects and some spaces',
      'operator',
      { projects: ['p'], spaces: [{ space: 'sales' }] },
      ['sales', 'operator', 'skill'],
      true,
    ],
    [
      'a token can be for some projects and all spaces',
      'reader',
      { projects: ['p'], spaces: null },
      ['support', 'reader', 'skill'],
      true,
    ],
    [
      'a token can have no space',
      'editor',
      { spaces: [] },
      ['sales', 'reader', 'skill'],
      'not_found',
    ],
  ];

  test.each(cases)('%s', async (_what, own, rest, [space, role, kind], answer) => {
    const secret = await token(own, rest);
    const access = await call('GET', `/v1/access/${space}/${role}/${kind}`, undefined, secret);
    const required = await call('GET', `/v1/required/${space}/${role}/${kind}`, undefined, secret);
    if (answer === 'not_found') {
      expect(access.body).toMatchObject({ status: 404, code: 'space_not_found' });
      return;
    }
    expect(access.body.may).toBe(answer);
    expect(required.status).toBe(answer ? 200 : 403);
    if (!answer) expect(required.body.code).toBe('role_insufficient');
  });

  test("is no higher than the token's role, even if a grant in the database says so", async () => {
    const grant: SpaceGrant = { space: 'sales', kinds: null, role: 'admin' };
    const secret = await api.token({ role: 'reader', spaces: [grant] });
    const ask = async (role: Role) =>
      (await call('GET', `/v1/access/sales/${role}/skill`, undefined, secret)).body.may as boolean;
    expect([await ask('reader'), await ask('editor'), await ask('admin')]).toEqual([
      ...[true, false, false],
    ]);
  });

  test('can be for some kinds, which is less than the whole space', async () => {
    const spaces = [
      { space: 'sales', kinds: ['skill', 'customer'], role: 'operator' },
      { space: 'sales', kinds: ['skill', 'document'], role: 'reader' },
    ];
    const secret = await token('operator', { spaces });
    const kinds = async (role: Role) =>
      (await call('GET', `/v1/access/sales/${role}/skill`, undefined, secret)).body
        .kinds as string[];
    expect(await kinds('editor')).toEqual(['skill', 'customer']);
    expect(await kinds('reader')).toEqual(['skill', 'customer', 'document']);
    const all = await call('GET', '/v1/required/sales/operator/all', undefined, secret);
    expect(all.body).toMatchObject({
      status: 403,
      detail: expect.stringContaining('all of sales'),
    });
    const operator = await token('operator');
    expect((await call('GET', '/v1/access/sales/reader/x', undefined, operator)).body.kinds).toBe(
      'all',
    );
    expect((await call('GET', '/v1/required/sales/operator/all', undefined, operator)).status).toBe(
      200,
    );
  });
});

describe('the grants of a token', () => {
  test('are shown with their defaults', async () => {
    const { body } = await call('POST', '/v1/tokens', {
      name: 'shown',
      role: 'editor',
      spaces: [{ space: 'sales', kinds: ['skill'], role: 'reader' }, { space: 'support' }],
    });
    const spaces = [
      { space: 'sales', kinds: ['skill'], role: 'reader' },
      { space: 'support', kinds: null, role: 'editor' },
    ];
    expect(body.spaces).toEqual(spaces);
    const { body: list } = await call('GET', '/v1/tokens?limit=200');
    expect(list.items).toContainEqual(expect.objectContaining({ id: body.id, spaces }));
    const { body: audit } = await call('GET', '/v1/audit?limit=1');
    expect(audit.items[0]).toMatchObject({ action: 'token.create', detail: { spaces } });
  });

  test.each([
    [
      'higher than the role',
      { role: 'editor', spaces: [{ space: 'sales', role: 'operator' }] },
      422,
    ],
    ['for an admin', { role: 'admin', spaces: [{ space: 'sales' }] }, 422],
    ['for no kind', { role: 'editor', spaces: [{ space: 'sales', kinds: [] }] }, 400],
    ['for an invalid id', { role: 'editor', spaces: [{ space: 'a/b' }] }, 400],
  ])('are refused if they are %s', async (_what, rest, status) => {
    const refused = await call('POST', '/v1/tokens', { name: 'refused', ...rest });
    expect([refused.status, refused.body.code]).toEqual([status, 'invalid_request']);
  });
});
