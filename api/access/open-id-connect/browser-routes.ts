import { Type } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { findOpenIdConnect } from '../../../db/access/open-id-connect.ts';
import { putProviderPerson } from '../../../db/access/people.ts';
import {
  attemptLifetime,
  insertSignInAttempt,
  useSignInAttempt,
} from '../../../db/access/sign-in-attempts.ts';
import { ProviderUnavailable, SignInRefused } from '../../../model/access/open-id-connect.ts';
import { personFromClaims } from '../../../model/access/person-from-claims.ts';
import type { AddRoutes, Api, ApiDeps } from '../../http/deps.ts';
import { signInLimit } from '../../http/limits.ts';
import { inRequest } from '../audited.ts';
import { callerOfPerson } from '../caller.ts';
import { cookieAt, type Cookie } from '../sessions/session-cookie.ts';
import { sendSession, startSession, type StartedSession } from '../sessions/start-session.ts';
import { attemptSecrets, newSecret } from './attempt-secrets.ts';
import { ownPath } from '../../../model/access/own-path.ts';
import { providerClient } from './provider-client.ts';
import { callbackUrl } from './settings-schema.ts';

/** Why somebody was not signed in, for the page where they can try again. */
export type SignInProblem =
  | 'provider_not_found'
  | 'provider_unavailable'
  | 'sign_in_expired'
  | 'sign_in_refused'
  | 'no_access'
  | 'person_disabled';

const tags = ['signing in'];
const Redirect = Type.Null({ description: 'To another address' });

/** The way of a browser to the provider and back. */
export const addOpenIdConnectBrowserRoutes: AddRoutes = (api, deps) => {
  addDeparture(api, deps);
  addReturn(api, deps);
};

/** The cookie of a browser that is on its way. */
function attemptCookie(publicUrl: string): Cookie {
  return cookieAt(publicUrl, 'gitward-sign-in');
}

function addDeparture(api: Api, deps: ApiDeps): void {
  const { db, sealer, publicUrl, identityProviders } = deps;
  const countAttempt = signInLimit(api);
  api.get(
    '/v1/sign-in/open-id-connect',
    {
      config: { role: 'public' },
      schema: {
        tags,
        security: [],
        summary: 'Go to the OpenID Connect provider to sign in',
        description:
          'For browsers. Afterwards they are sent to `to`, a path of this address, or to `/sign-in?problem=…`.',
        querystring: Type.Object({ to: Type.Optional(Type.String({ maxLength: 2_000 })) }),
        response: { 302: Redirect },
      },
    },
    async (request, reply) => {
      await countAttempt(request);
      const settings = await findOpenIdConnect(db);
      if (settings === null) return toProblem(reply, publicUrl(), 'provider_not_found');
      const [state, browser] = [newSecret(), newSecret()];
      let url: string;
      try {
        url = await identityProviders.authorizationUrl(providerClient(sealer, settings), {
          ...attemptSecrets(state, browser),
          scopes: settings.scopes,
          redirectUri: callbackUrl(publicUrl()),
        });
      } catch (error) {
        return toProblem(reply, publicUrl(), problemOf(error, request));
      }
      await insertSignInAttempt(db, { state, browser, returnTo: ownPath(request.query.to) });
      const expiresAt = new Date(Date.now() + attemptLifetime);
      attemptCookie(publicUrl()).set(reply, browser, expiresAt);
      return reply.redirect(url);
    },
  );
}

function addReturn(api: Api, deps: ApiDeps): void {
  const { db, publicUrl } = deps;
  api.get(
    '/v1/sign-in/open-id-connect/callback',
    {
      config: { role: 'public' },
      schema: {
        tags,
        security: [],
        summary: 'Come back from the OpenID Connect provider',
        description: 'Where the provider sends browsers. Each `state` works once.',
        querystring: Type.Object({ state: Type.Optional(Type.String({ maxLength: 200 })) }),
        response: { 302: Redirect },
      },
    },
    async (request, reply) => {
      const cookie = attemptCookie(publicUrl());
      const browser = cookie.read(request) ?? '';
      const { state = '' } = request.query;
      const attempt = await useSignInAttempt(db, { state, browser });
      if (attempt === null) return toProblem(reply, publicUrl(), 'sign_in_expired');
      cookie.clear(reply);
      try {
        const started = await signIn(deps, request, { state, browser });
        if (typeof started === 'string') return await toProblem(reply, publicUrl(), started);
        sendSession(reply, publicUrl(), started);
        return await reply.redirect(attempt.returnTo);
      } catch (error) {
        return toProblem(reply, publicUrl(), problemOf(error, request));
      }
    },
  );
}

/** Starts the session of whoever came back, or says why they are not let in. */
async function signIn(
  deps: ApiDeps,
  request: FastifyRequest,
  { state, browser }: { state: string; browser: string },
): Promise<StartedSession | SignInProblem> {
  const { db, sealer, publicUrl, identityProviders } = deps;
  const settings = await findOpenIdConnect(db);
  if (settings === null) return 'provider_not_found';
  const said = await identityProviders.signIn(providerClient(sealer, settings), {
    ...attemptSecrets(state, browser),
    callbackUrl: publicUrl() + request.url,
  });
  const facts = personFromClaims(settings, said.claims);
  if (facts === null) {
    request.log.warn({ subject: said.subject }, 'Nobody is let in without a group that has a rule');
    return 'no_access';
  }
  const who = { issuer: settings.issuer, subject: said.subject };
  return inRequest(db, async (trx) => {
    const person = await putProviderPerson(trx, who, facts);
    if (person.disabledAt !== null) return 'person_disabled';
    const caller = callerOfPerson(person, null);
    return startSession(trx, deps, request, { caller, method: 'open-id-connect', provider: said });
  });
}

/** The problem of somebody who is not let in, which is logged; rethrows what is none of these. */
function problemOf(error: unknown, { log }: FastifyRequest): SignInProblem {
  if (!(error instanceof SignInRefused || error instanceof ProviderUnavailable)) throw error;
  log.warn({ reason: error.message }, 'Somebody could not sign in at the OpenID Connect provider');
  return error.code;
}

function toProblem(reply: FastifyReply, publicUrl: string, problem: SignInProblem): FastifyReply {
  return reply.redirect(`${publicUrl}/sign-in?problem=${problem}`);
}
