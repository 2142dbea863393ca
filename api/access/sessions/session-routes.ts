import type { FastifyRequest } from 'fastify';
import { findOpenIdConnect } from '../../../db/access/open-id-connect.ts';
import { openProviderTokens } from '../../../db/access/provider-sessions.ts';
import { findSession, removeSession } from '../../../db/access/sessions.ts';
import { useSignInLink } from '../../../db/access/sign-in-links.ts';
import { hasExpired, useToken } from '../../../db/access/tokens.ts';
import type { Db } from '../../../db/connect.ts';
import type { Static } from '@fastify/type-provider-typebox';
import { ProviderUnavailable } from '../../../model/access/open-id-connect.ts';
import type { AddRoutes, Api, ApiDeps } from '../../http/deps.ts';
import { signInLimit } from '../../http/limits.ts';
import { ApiProblem, fieldProblem } from '../../http/problem.ts';
import { Nullable } from '../../http/schema-parts.ts';
import { callerOfActor } from '../accepted.ts';
import { audited, inRequest } from '../audited.ts';
import { callerOf } from '../authentication.ts';
import { callerOfToken, type Caller } from '../caller.ts';
import { providerClient } from '../open-id-connect/provider-client.ts';
import { requireOwnOrigin } from './csrf.ts';
import { sessionCookie } from './session-cookie.ts';
import { sessionView, SessionView, SignedOut, SignInBody } from './session-schema.ts';
import { sendSession, startSession } from './start-session.ts';

const tags = ['signing in'];

/** The session of the browser that makes the request. */
export const addSessionRoutes: AddRoutes = (api, deps) => {
  addSignIn(api, deps);
  addSession(api, deps);
};

function addSignIn(api: Api, deps: ApiDeps): void {
  const countAttempt = signInLimit(api);
  api.post(
    '/v1/session',
    {
      config: { role: 'public', refuses: [401, 403, 422] },
      schema: {
        tags,
        security: [],
        summary: 'Sign a browser in, with a sign-in link or a token',
        description:
          'The answer sets a cookie that only the browser can send. A link works once. 401 `sign_in_refused` for anything else.',
        body: SignInBody,
        response: { 201: SessionView },
      },
    },
    async (request, reply) => {
      await countAttempt(request);
      requireOwnOrigin(request, deps.publicUrl());
      const { code, token } = request.body;
      if ((code === undefined) === (token === undefined))
        throw fieldProblem('', 'give either a code or a token');
      const method = code === undefined ? 'token' : 'link';
      const { caller, started } = await inRequest(deps.db, async (trx) => {
        const signedIn = await callerFrom(trx, request.body);
        return {
          caller: signedIn,
          started: await startSession(trx, deps, request, { caller: signedIn, method }),
        };
      });
      sendSession(reply, deps.publicUrl(), started);
      return reply.code(201).send(sessionView(caller, started, deps.workflowsUrl));
    },
  );
}

/** Whoever a link or token belongs to; throws {@link ApiProblem} 401 `sign_in_refused`. */
async function callerFrom(db: Db, { code, token }: Static<typeof SignInBody>): Promise<Caller> {
  if (token !== undefined) {
    const row = await useToken(db, token);
    if (row !== null && !hasExpired(row)) return callerOfToken(row);
    throw refused('This token is unknown, was revoked or has expired. Ask an admin for another.');
  }
  const actor = await useSignInLink(db, code ?? '');
  const caller = actor && (await callerOfActor(db, actor, null));
  if (caller) return caller;
  throw refused(
    'This link was used before, or is older than ten minutes. Run `gitward sign-in` for another.',
  );
}

function refused(detail: string): ApiProblem {
  return new ApiProblem(401, 'sign_in_refused', detail);
}

function addSession(api: Api, deps: ApiDeps): void {
  const { db, sessionLimits } = deps;
  const startedWith = async (request: FastifyRequest) => {
    const { sessionId } = callerOf(request);
    const secret = sessionCookie(deps.publicUrl()).read(request);
    const row = sessionId === null ? null : await findSession(db, sessionId, sessionLimits);
    return row === null || secret === null ? null : { row, secret };
  };
  api.get(
    '/v1/session',
    {
      config: { role: 'anyone' },
      schema: {
        tags,
        security: [{ token: [] }, { session: [] }, {}],
        summary: 'Who the caller is, and how they are signed in; `null` if nobody is',
        response: { 200: Nullable(SessionView) },
      },
    },
    async (request) => {
      const { caller } = request;
      return caller && sessionView(caller, await startedWith(request), deps.workflowsUrl);
    },
  );
  api.delete(
    '/v1/session',
    {
      config: { role: 'agent' },
      schema: {
        tags,
        summary: 'Sign this browser out',
        description: 'Does nothing for a bearer token.',
        response: { 200: SignedOut },
      },
    },
    async (request, reply) => {
      const { sessionId: id } = callerOf(request);
      const signOutUrl = id === null ? null : await providerSignOut(deps, request, id);
      if (id !== null)
        await audited(
          db,
          request,
          (trx) => removeSession(trx, id),
          (row) => row && { action: 'session.end', target: `session/${id}` },
        );
      sessionCookie(deps.publicUrl()).clear(reply);
      return { signOutUrl };
    },
  );
}

/** Where to sign out at the provider of a session; `null` if there is no such page, or it is not known now. */
async function providerSignOut(
  { db, sealer, publicUrl, identityProviders }: ApiDeps,
  { log }: FastifyRequest,
  sessionId: string,
): Promise<string | null> {
  const tokens = await openProviderTokens(db, sealer, sessionId);
  const settings = tokens && (await findOpenIdConnect(db));
  if (!tokens || !settings) return null;
  const { idToken } = tokens;
  const returnTo = `${publicUrl()}/sign-in`;
  return identityProviders
    .signOutUrl(providerClient(sealer, settings), { idToken, returnTo })
    .catch((error: unknown) => {
      if (!(error instanceof ProviderUnavailable)) throw error;
      log.warn({ reason: error.message }, 'The provider did not say where to sign out');
      return null;
    });
}
