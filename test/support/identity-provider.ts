import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt, importJWK, SignJWT, type JWTPayload } from 'jose';
import Provider, { type Configuration } from 'oidc-provider';

/** A person at the provider; a disabled one can neither sign in nor be asked about. */
export interface Account {
  name: string;
  email: string;
  /** Left out: the provider says nothing of groups. */
  groups?: string[];
  isDisabled?: boolean;
}

/** A real OpenID Connect provider on loopback, in which tests change people and answers. */
export interface IdentityProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** By subject. */
  accounts: Map<string, Account>;
  /** Changes the claims of the ID tokens that it gives out, which it then signs anew; `null`: none. */
  change: ((claims: JWTPayload) => JWTPayload) | null;
  givesRefreshTokens: boolean;
  /** Whether the signatures of changed ID tokens are wrong. */
  isForged: boolean;
  /** Whether its token endpoint, userinfo and keys fail with 503. */
  isAway: boolean;
  /** Whether its userinfo alone fails with 503. */
  isSilent: boolean;
  /** The requests to the token endpoint so far, by their grant. */
  grants: string[];
  /** Follows a browser from where Gitward sent it: signs in as this subject; returns the address that it is sent back to. */
  follow(authorizationUrl: string, subject: string): Promise<string>;
  /** Reports to Gitward that somebody signed out; rejects unless it answers 200. */
  reportLogout(subject: string, sid: string): Promise<void>;
  /** A token signed with its own key. */
  sign(claims: JWTPayload): Promise<string>;
  close(): Promise<void>;
}

/** Starts a provider with Gitward, at `publicUrl`, as its client. */
export async function startIdentityProvider(publicUrl: string): Promise<IdentityProvider> {
  const jwk = {
    ...generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey.export({ format: 'jwk' }),
    ...{ kid: 'tests', alg: 'RS256', use: 'sig' },
  };
  const key = await importJWK(jwk, 'RS256');
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clientId = 'gitward';
  // With characters that a header must encode.
  const clientSecret = 'secret-of-the-client:100%';
  const accounts = new Map<string, Account>();
  const path = `${publicUrl}/v1/sign-in/open-id-connect`;
  const configuration: Configuration = {
    clients: [
      {
        ...{ client_id: clientId, client_secret: clientSecret },
        redirect_uris: [`${path}/callback`],
        post_logout_redirect_uris: [`${publicUrl}/sign-in`],
        grant_types: ['authorization_code', 'refresh_token'],
        backchannel_logout_uri: `${path}/back-channel-logout`,
        backchannel_logout_session_required: true,
      },
    ],
    jwks: { keys: [jwk] },
    cookies: { keys: ['tests'] },
    claims: { openid: ['sub'], profile: ['name', 'groups'], email: ['email', 'email_verified'] },
    scopes: ['openid', 'profile', 'email', 'offline_access'],
    features: { backchannelLogout: { enabled: true } },
    issueRefreshToken: () => running.givesRefreshTokens,
    // One that is used twice ends all of its tokens (RFC 9700, section 4.14.2).
    rotateRefreshToken: true,
    // Gitward is on loopback, where the provider's own rules do not let it report a logout.
    fetch: (url, options = {}) => {
      const { headers, method, body, signal } = options as Required<RequestInit>;
      return globalThis.fetch(url, { headers, method, body, signal });
    },
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({
        clientId: ctx.oidc.client?.clientId ?? '',
        accountId: ctx.oidc.session?.accountId ?? '',
      });
      grant.addOIDCScope('openid profile email offline_access');
      await grant.save();
      return grant;
    },
    findAccount: (_ctx, accountId) => {
      const account = accounts.get(accountId);
      if (account === undefined || account.isDisabled === true) return undefined;
      const { name, email, groups } = account;
      const claims = () => ({
        ...{ sub: accountId, name, email, email_verified: true },
        ...(groups === undefined ? {} : { groups }),
      });
      return { accountId, claims };
    },
  };
  const running: IdentityProvider = {
    ...{ issuer, clientId, clientSecret, accounts, change: null, isAway: false, grants: [] },
    ...{ givesRefreshTokens: true, isForged: false, isSilent: false },
    follow,
    async reportLogout(subject, sid) {
      const client = await provider.Client.find(clientId);
      await (client as unknown as Logout).backchannelLogout(subject, sid);
    },
    sign: (claims) => new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'tests' }).sign(key), // prettier-ignore
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  const provider = new Provider(issuer, configuration);
  provider.use(async (ctx, next) => {
    const fails = running.isAway ? /^\/(token|me|jwks)$/ : running.isSilent ? /^\/me$/ : null;
    if (fails?.test(ctx.path)) {
      ctx.status = 503;
      return;
    }
    await next();
    const body = ctx.body as { id_token?: string } | undefined;
    if (ctx.path !== '/token') return;
    running.grants.push(String(ctx.oidc.params?.grant_type));
    if (running.change === null || body?.id_token === undefined) return;
    const signed = await running.sign(running.change(decodeJwt(body.id_token)));
    ctx.body = { ...body, id_token: running.isForged ? forged(signed) : signed };
  });
  server.on('request', (request, response) => void provider.callback()(request, response));
  return running;
}

/** The same token with another signature. */
function forged(token: string): string {
  const [head = '', body = '', signature = ''] = token.split('.');
  const bytes = Buffer.from(signature, 'base64url').reverse();
  return [head, body, bytes.toString('base64url')].join('.');
}

interface Logout {
  backchannelLogout(subject: string, sid: string): Promise<void>;
}

async function follow(authorizationUrl: string, subject: string): Promise<string> {
  const { origin } = new URL(authorizationUrl);
  const cookies = new Map<string, string>();
  let url = authorizationUrl;
  let form: string | null = null;
  for (let step = 0; step < 10; step += 1) {
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === null
        ? {}
        : { method: 'POST', body: new URLSearchParams({ prompt: 'login', login: subject, password: 'x' }) }), // prettier-ignore
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const text = await answer.text();
    form = /<form[^>]* action="([^"]+)"/.exec(text)?.[1] ?? null;
    const next = form ?? answer.headers.get('location');
    if (next === null) throw new Error(`The provider answered ${answer.status}: ${text}`);
    url = new URL(next, url).href;
    if (!url.startsWith(`${origin}/`)) return url;
  }
  throw new Error('The provider never sent the browser back.');
}
