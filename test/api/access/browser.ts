import type { InjectOptions } from 'fastify';
import type { Answer, ApiUnderTest } from '../api-under-test.ts';

/** A browser with a cookie jar, in which pages of Gitward or of other sites send requests. */
export interface Browser {
  /** What `Set-Cookie` gave it, by name. */
  cookies: Map<string, string>;
  /** The last `Set-Cookie` headers, with their attributes. */
  setCookies: string[];
  /** What pages send as `x-csrf-token`; set by {@link signIn}. */
  csrfToken: string | null;
  send(
    method: InjectOptions['method'],
    url: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  /** Signs in, and remembers the CSRF token. */
  signIn(body: { code: string } | { token: string }): Promise<Answer>;
}

/** A new browser at an API. It sends `always` with each request. */
export function browserAt(
  api: Pick<ApiUnderTest, 'app'>,
  always: Record<string, string> = {},
): Browser {
  const browser: Browser = {
    cookies: new Map(),
    setCookies: [],
    csrfToken: null,
    async send(method, url, body, headers = {}) {
      const answer = await api.app.inject({
        ...(method === undefined ? {} : { method }),
        url,
        headers: {
          cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          ...(browser.csrfToken === null ? {} : { 'x-csrf-token': browser.csrfToken }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...always,
          ...headers,
        },
        ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
      });
      browser.setCookies = [answer.headers['set-cookie'] ?? []].flat();
      for (const { name, value, maxAge, expires } of answer.cookies) {
        const isGone = maxAge === 0 || (expires !== undefined && expires.getTime() <= Date.now());
        if (isGone) browser.cookies.delete(name);
        else browser.cookies.set(name, value);
      }
      const isJson = String(answer.headers['content-type']).includes('json');
      return {
        status: answer.statusCode,
        body: isJson && answer.body !== '' ? JSON.parse(answer.body) : null,
        headers: answer.headers,
        text: answer.body,
      };
    },
    async signIn(body) {
      const answer = await browser.send('POST', '/v1/session', body);
      if (answer.status === 201) browser.csrfToken = String(answer.body.csrfToken);
      return answer;
    },
  };
  return browser;
}
