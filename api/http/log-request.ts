import type { FastifyRequest } from 'fastify';

/** Query parameters whose values are secrets, or lead to one, wherever they come from. */
const secretParameters = new Set(['token', 'code', 'state', 'access_token']);

/** What a log line says of a request: no headers, no body, and no secret in the query. */
export function loggedRequest(request: FastifyRequest): Record<string, unknown> {
  return {
    method: request.method,
    url: redactedUrl(request.url),
    host: request.host,
    remoteAddress: request.ip,
    remotePort: request.socket.remotePort,
  };
}

/** A path with its query, in which the values of secret parameters are replaced, however their names are written. */
export function redactedUrl(url: string): string {
  const start = url.indexOf('?');
  if (start === -1) return url;
  const parameters = url
    .slice(start + 1)
    .split('&')
    .map((parameter) => {
      const [name = ''] = parameter.split('=', 1);
      return secretParameters.has(decoded(name)) ? `${name}=[secret]` : parameter;
    });
  return `${url.slice(0, start)}?${parameters.join('&')}`;
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name.replaceAll('+', ' ')).trim().toLowerCase();
  } catch {
    return name;
  }
}
