import { Type, type Static } from '@fastify/type-provider-typebox';
import type { OpenIdConnectRow } from '../../../db/access/open-id-connect.ts';
import type { OpenIdConnect } from '../../../model/access/open-id-connect.ts';
import type { Grants } from '../../../model/access/person.ts';
import { roles } from '../../../model/access/roles.ts';
import { fieldProblem } from '../../http/problem.ts';
import { Name, Nullable, OneOf, Secret, Strict, Time } from '../../http/schema-parts.ts';
import { GrantsBody, GrantsView } from '../grant-schema.ts';
import { grantsFrom, projectsFrom } from '../grants.ts';

const defaults = { scopes: ['openid', 'profile', 'email'], groupsClaim: 'groups' };

const ScopeToken = Type.String({ pattern: '^[\\u0021\\u0023-\\u005b\\u005d-\\u007e]{1,100}$' });
const Printable = Type.String({ minLength: 1, maxLength: 500, pattern: '^[\\u0020-\\u007e]+$' });
const role = OneOf(...roles);

/** The provider that people sign in at, as an admin sets it up. */
export const OpenIdConnectBody = Strict({
  name: Type.Unsafe<string>({ ...Name, description: 'What people call it.' }),
  issuer: Type.String({
    maxLength: 1_000,
    description: 'Its identifier: the address that `/.well-known/openid-configuration` is below.',
  }),
  clientId: Printable,
  clientSecret: Type.Optional(
    Type.Unsafe<string>({ ...Secret, description: 'If it is left out, it stays as it is.' }),
  ),
  scopes: Type.Optional(
    Type.Array(ScopeToken, {
      minItems: 1,
      maxItems: 50,
      uniqueItems: true,
      description: `Defaults to ${defaults.scopes.join(', ')}. Add what your provider needs for groups and refresh tokens.`,
    }),
  ),
  groupsClaim: Type.Optional(
    Type.Unsafe<string>({
      ...Printable,
      description:
        'The claim with the groups of a person, such as `groups` or `realm_access.roles`.',
    }),
  ),
  rules: Type.Optional(
    Type.Array(
      Strict({ group: Type.String({ minLength: 1, maxLength: 500 }), role, ...GrantsBody }),
      { maxItems: 200, description: 'The first rule with a group of the person decides.' },
    ),
  ),
  everyone: Type.Optional(
    Nullable(
      Strict(
        { role, ...GrantsBody },
        { description: 'For people whom no rule names; `null`, the default, keeps them out.' },
      ),
    ),
  ),
});

/** The provider in answers: without the secret. */
export const OpenIdConnectView = Type.Object({
  name: Type.String(),
  issuer: Type.String(),
  clientId: Type.String(),
  scopes: Type.Array(Type.String()),
  groupsClaim: Type.String(),
  rules: Type.Array(Type.Object({ group: Type.String(), role, ...GrantsView })),
  everyone: Nullable(Type.Object({ role, ...GrantsView })),
  redirectUri: Type.String({ description: 'What the provider has to allow.' }),
  backChannelLogoutUri: Type.String({ description: 'Where the provider may report sign-outs.' }),
  updatedAt: Time,
});

/** The settings that a body asks for; throws 422. */
export function settingsFrom(body: Static<typeof OpenIdConnectBody>): OpenIdConnect {
  const { name, issuer, clientId } = body;
  const { scopes = defaults.scopes, groupsClaim = defaults.groupsClaim } = body;
  if (!scopes.includes('openid')) throw fieldProblem('/scopes', 'must contain openid');
  return {
    ...{ name, issuer, clientId, scopes, groupsClaim },
    rules: (body.rules ?? []).map(({ group, ...asked }, index) => ({
      ...{ group, ...grants(asked, `/rules/${index}`) },
    })),
    everyone: body.everyone == null ? null : grants(body.everyone, '/everyone'),
  };
}

type AskedGrants = NonNullable<Static<typeof OpenIdConnectBody>['everyone']>;

function grants({ role: of, projects, spaces }: AskedGrants, at: string): Grants {
  return { role: of, projects: projectsFrom(of, projects, at), spaces: grantsFrom(of, spaces, at) };
}

/** Where the provider sends browsers back to. */
export function callbackUrl(publicUrl: string): string {
  return `${publicUrl}/v1/sign-in/open-id-connect/callback`;
}

/** The settings as the API returns them. */
export function openIdConnectView(
  row: OpenIdConnectRow,
  publicUrl: string,
): Static<typeof OpenIdConnectView> {
  const { name, issuer, clientId, scopes, groupsClaim, rules, everyone } = row;
  return {
    ...{ name, issuer, clientId, scopes, groupsClaim, rules, everyone },
    redirectUri: callbackUrl(publicUrl),
    backChannelLogoutUri: `${publicUrl}/v1/sign-in/open-id-connect/back-channel-logout`,
    updatedAt: row.updatedAt.toISOString(),
  };
}
