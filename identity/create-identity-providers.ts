import { decodeJwt } from 'jose';
import * as client from 'openid-client';
import type { Dispatcher } from 'undici';
import {
  SignInRefused,
  type Claims,
  type IdentityProviders,
  type ProviderSession,
  type ProviderTokens,
} from '../model/access/open-id-connect.ts';
import { boundedFetch } from './bounded-fetch.ts';
import { createDiscovery } from './discovery.ts';
import { identifierIn, subjectIn } from './identifiers.ts';
import { readLogoutToken } from './logout-token.ts';
import { failureOfRefresh, failureOfSignIn, failureOfUserInfo } from './provider-failure.ts';

/**
 * OpenID Connect providers, reached through the dispatcher, which decides about their addresses.
 * Each request to one ends within 5 s.
 */
export function createIdentityProviders({
  dispatcher,
}: {
  dispatcher: Dispatcher;
}): IdentityProviders {
  const discover = createDiscovery(boundedFetch(dispatcher));
  return {
    async authorizationUrl(of, { state, nonce, codeVerifier, scopes, redirectUri }) {
      const { config } = await discover(of);
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: scopes.join(' '),
        code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        ...{ state, nonce },
      });
      return url.href;
    },

    async signIn(of, { callbackUrl, state, nonce, codeVerifier }) {
      const { config } = await discover(of);
      try {
        const answer = await client.authorizationCodeGrant(config, new URL(callbackUrl), {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: codeVerifier,
        });
        const said = answer.claims();
        if (said === undefined) throw new SignInRefused('The provider sent no ID token.');
        const tokens = tokensOf(answer, null);
        return {
          subject: subjectIn(said.sub),
          sid: identifierIn(said.sid),
          claims: await allClaims(config, said.sub, tokens),
          tokens,
        } satisfies ProviderSession;
      } catch (error) {
        throw failureOfSignIn(error);
      }
    },

    async renew(of, { subject, tokens: before }) {
      if (before.refreshToken === null) {
        if (before.accessEndsAt === null || Date.parse(before.accessEndsAt) > Date.now())
          return before;
        throw new SignInRefused('The access token has ended, and there is no refresh token.');
      }
      const { config } = await discover(of);
      try {
        const answer = await client.refreshTokenGrant(config, before.refreshToken);
        const sub = answer.claims()?.sub ?? subject;
        if (sub !== subject) throw new SignInRefused('The provider answered with somebody else.');
        return tokensOf(answer, before);
      } catch (error) {
        throw failureOfRefresh(error);
      }
    },

    async claimsNow(of, { subject, tokens }) {
      const { config } = await discover(of);
      try {
        return await allClaims(config, subject, tokens);
      } catch (error) {
        throw failureOfUserInfo(error);
      }
    },

    async signOutUrl(of, { idToken, returnTo }) {
      const { config } = await discover(of);
      if (config.serverMetadata().end_session_endpoint === undefined) return null;
      return client.buildEndSessionUrl(config, {
        id_token_hint: idToken,
        post_logout_redirect_uri: returnTo,
      }).href;
    },

    async readLogout(of, logoutToken) {
      const { config, keys } = await discover(of);
      const { issuer } = config.serverMetadata();
      return readLogoutToken(logoutToken, { issuer, audience: of.clientId, keys });
    },
  };
}

/**
 * What the newest ID token says, whose signature was checked when it came, and on top of it what the
 * provider says right now: some tell groups only in one of them.
 */
async function allClaims(
  config: client.Configuration,
  subject: string,
  { accessToken, idToken }: ProviderTokens,
): Promise<Claims> {
  const said = decodeJwt(idToken);
  if (config.serverMetadata().userinfo_endpoint === undefined) return said;
  return { ...said, ...(await client.fetchUserInfo(config, accessToken, subject)) };
}

function tokensOf(
  answer: client.TokenEndpointResponse & client.TokenEndpointResponseHelpers,
  before: ProviderTokens | null,
): ProviderTokens {
  const seconds = answer.expiresIn();
  return {
    idToken: answer.id_token ?? before?.idToken ?? '',
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token ?? before?.refreshToken ?? null,
    accessEndsAt:
      seconds === undefined ? null : new Date(Date.now() + seconds * 1_000).toISOString(),
  };
}
