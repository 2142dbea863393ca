import type { FastifyReply, FastifyRequest } from 'fastify';

/** The cookies of browsers at one public address. */
export interface Cookie {
  /** What the browser sent; `null` if nothing. */
  read(request: FastifyRequest): string | null;
  /** Gives the browser a value until a time. */
  set(reply: FastifyReply, value: string, expiresAt: Date): void;
  clear(reply: FastifyReply): void;
}

/** The cookie with the secret of a session. */
export function sessionCookie(publicUrl: string): Cookie {
  return cookieAt(publicUrl, 'gitward');
}

/**
 * A cookie that no script can read, and that other sites cannot make the browser send with anything
 * but a visit. Where the address is https it has the prefix `__Host-`, so that neither plain http
 * nor another host of the domain can set it (RFC 6265bis, section 4.1.3.2).
 */
export function cookieAt(publicUrl: string, plainName: string): Cookie {
  const secure = publicUrl.startsWith('https:');
  const name = secure ? `__Host-${plainName}` : plainName;
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
  return {
    read: ({ cookies }) => cookies[name] ?? null,
    set(reply, value, expiresAt) {
      const maxAge = Math.max(0, Math.floor((expiresAt.getTime() - Date.now()) / 1_000));
      void reply.setCookie(name, value, { ...options, maxAge });
    },
    clear(reply) {
      void reply.clearCookie(name, options);
    },
  };
}
