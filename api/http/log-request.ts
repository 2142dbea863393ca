import { LogController, type FastifyReply, type FastifyRequest } from 'fastify';
import { traceFields } from '../../telemetry/log-fields.ts';
import type { LogSampling } from '../../telemetry/log-sampling.ts';
import { readTraceparent } from '../../telemetry/spans.ts';

/**
 * Tells of requests that succeed as often as of other successes: both of their lines or none, all of a trace or none.
 * What fails is always told.
 */
export class RequestLog extends LogController {
  readonly #sampling: LogSampling;
  readonly #told = new WeakMap<FastifyRequest, Record<string, unknown>>();

  constructor(sampling: LogSampling) {
    super();
    this.#sampling = sampling;
  }

  override incomingRequest(request: FastifyRequest): void {
    const trace = traceFields(readTraceparent(request.headers.traceparent));
    const sample_rate = this.#sampling.decide(trace.trace_id ?? request.id);
    if (sample_rate === null) return;
    const fields = { ...trace, sample_rate };
    this.#told.set(request, fields);
    request.log.info({ req: request, ...fields }, 'incoming request');
  }

  override requestCompleted(
    error: Error | null | undefined,
    request: FastifyRequest,
    reply: FastifyReply,
  ): void {
    const told = this.#told.get(request);
    const said = { res: reply, responseTime: reply.elapsedTime, ...(told ?? { req: request }) };
    if (error != null) request.log.error({ ...said, err: error }, 'request errored');
    else if (told !== undefined || reply.statusCode >= 400)
      request.log.info(said, 'request completed');
  }
}

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
