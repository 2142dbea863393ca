import { Type } from '@fastify/type-provider-typebox';
import { recordAudit } from '../../../db/access/audit.ts';
import { findOpenIdConnect } from '../../../db/access/open-id-connect.ts';
import { removeLoggedOut } from '../../../db/access/provider-sessions.ts';
import {
  ProviderUnavailable,
  SignInRefused,
  type ProviderLogout,
} from '../../../model/access/open-id-connect.ts';
import { ourselves } from '../../../model/access/actor.ts';
import type { AddRoutes, ApiDeps } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import { inRequest } from '../audited.ts';
import { providerClient } from './provider-client.ts';
import { noProvider } from './settings-routes.ts';

/** A logout token is a few hundred bytes. */
const bodyLimit = 64 * 1024;

/** Where the provider reports that somebody signed out there, or was disabled. */
export const addBackChannelLogout: AddRoutes = (api, deps) => {
  void api.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit },
      (_request, body, parsed) =>
        parsed(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    scope.post(
      '/v1/sign-in/open-id-connect/back-channel-logout',
      {
        config: { role: 'public', refuses: [404] },
        bodyLimit,
        schema: {
          tags: ['signing in'],
          security: [],
          summary: 'Where the OpenID Connect provider reports that somebody signed out',
          description:
            'A signed logout token (OpenID Connect Back-Channel Logout 1.0). The sessions that it names end at once. 400 ' +
            '`logout_refused` if it is not a fresh one of this provider, for us.',
          consumes: ['application/x-www-form-urlencoded'],
          body: Type.Object({ logout_token: Type.String({ maxLength: 32_768 }) }),
          response: { 200: Type.Null({ description: 'Done' }) },
        },
      },
      async (request, reply) => {
        const { logout_token: token } = request.body as { logout_token: string };
        const settings = await findOpenIdConnect(deps.db);
        if (settings === null) throw noProvider();
        const client = providerClient(deps.sealer, settings);
        const logout = await deps.identityProviders
          .readLogout(client, token)
          .catch((error: unknown) => {
            throw problemOf(error);
          });
        await endSessions(deps, { ...logout, issuer: settings.issuer }, request.id);
        return reply.code(200).send(null);
      },
    );
    done();
  });
};

async function endSessions(
  { db }: ApiDeps,
  logout: ProviderLogout & { issuer: string },
  requestId: string,
): Promise<void> {
  await inRequest(db, async (trx) => {
    for (const { id, personId, name } of await removeLoggedOut(trx, logout))
      await recordAudit(trx, {
        ...{ by: ourselves, actor: 'Gitward', requestId },
        ...{ action: 'session.refuse', target: `session/${id}` },
        detail: { of: `person/${personId}`, name, reason: 'The provider signed them out.' },
      });
  });
}

function problemOf(error: unknown): unknown {
  if (error instanceof SignInRefused) return new ApiProblem(400, 'logout_refused', error.message);
  if (error instanceof ProviderUnavailable)
    return new ApiProblem(503, error.code, `The provider does not answer: ${error.message}`);
  return error;
}
