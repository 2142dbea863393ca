import {
  findOpenIdConnect,
  openClientSecret,
  putOpenIdConnect,
  removeOpenIdConnect,
} from '../../../db/access/open-id-connect.ts';
import { markChecksDue, removeProviderSessions } from '../../../db/access/provider-sessions.ts';
import type { AddRoutes } from '../../http/deps.ts';
import { ApiProblem, fieldProblem } from '../../http/problem.ts';
import { Empty, Nullable } from '../../http/schema-parts.ts';
import { audited } from '../audited.ts';
import { checkTimes } from './recheck.ts';
import {
  OpenIdConnectBody,
  openIdConnectView,
  OpenIdConnectView,
  settingsFrom,
} from './settings-schema.ts';

const tags = ['signing in'];
const target = 'settings/open-id-connect';

/** Where people of a company sign in. */
export const addOpenIdConnectSettings: AddRoutes = (api, deps) => {
  const { db, sealer, addressPolicy, publicUrl } = deps;
  api.get(
    '/v1/settings/open-id-connect',
    {
      config: { role: 'admin' },
      schema: {
        tags,
        summary: 'The OpenID Connect provider, without its secret; `null` if there is none',
        response: { 200: Nullable(OpenIdConnectView) },
      },
    },
    async () => {
      const row = await findOpenIdConnect(db);
      return row && openIdConnectView(row, publicUrl());
    },
  );

  api.put(
    '/v1/settings/open-id-connect',
    {
      config: { role: 'admin', refuses: [422] },
      schema: {
        tags,
        summary: 'Set up the OpenID Connect provider',
        description:
          'The rules count at once: everybody who is signed in is checked again with their next request. ' +
          'With another issuer or client everybody who signed in there is signed out.',
        body: OpenIdConnectBody,
        response: { 200: OpenIdConnectView },
      },
    },
    async (request) => {
      const settings = settingsFrom(request.body);
      requireIssuer(settings.issuer);
      addressPolicy.checkHttpUrl(settings.issuer);
      const row = await audited(
        db,
        request,
        async (trx) => {
          const before = await findOpenIdConnect(trx);
          const isSame =
            before?.issuer === settings.issuer && before.clientId === settings.clientId;
          // A secret goes only to the issuer that it was given for.
          const kept = before !== null && isSame ? openClientSecret(sealer, before) : undefined;
          const secret = request.body.clientSecret ?? kept;
          if (secret === undefined)
            throw fieldProblem('/clientSecret', 'is missing: it belongs to issuer and client');
          if (isSame) await markChecksDue(trx, checkTimes);
          else await removeProviderSessions(trx);
          return putOpenIdConnect(trx, sealer, settings, secret);
        },
        () => ({
          action: 'open-id-connect.change',
          target,
          detail: { ...settings, newSecret: request.body.clientSecret !== undefined },
        }),
      );
      return openIdConnectView(row, publicUrl());
    },
  );

  api.delete(
    '/v1/settings/open-id-connect',
    {
      config: { role: 'admin', refuses: [404] },
      schema: {
        tags,
        summary: 'Remove the OpenID Connect provider',
        description: 'Everybody who signed in there is signed out.',
        response: { 204: Empty },
      },
    },
    async (request, reply) => {
      const gone = await audited(
        db,
        request,
        async (trx) => {
          await removeProviderSessions(trx);
          return removeOpenIdConnect(trx);
        },
        (row) =>
          row && { action: 'open-id-connect.remove', target, detail: { issuer: row.issuer } },
      );
      if (gone === null) throw noProvider();
      return reply.code(204).send(null);
    },
  );
};

function requireIssuer(issuer: string): void {
  const url = URL.canParse(issuer) ? new URL(issuer) : null;
  if (url?.search !== '' || url.hash !== '')
    throw fieldProblem('/issuer', 'must be an address without a query, such as https://id.example');
}

/** The problem if there is no provider. */
export function noProvider(): ApiProblem {
  return new ApiProblem(404, 'provider_not_found', 'No OpenID Connect provider is set up.');
}
