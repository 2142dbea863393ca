import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ConnectionError, FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { isDatabaseAway } from '../../db/is-away.ts';
import { isContention } from '../../db/lock-wait.ts';
import { SealError } from '../../db/sealing.ts';
import { StreamFailure, type FailureCode } from '../../model/streams/errors.ts';
import { ApiProblem, type FieldError, type ProblemCode } from './problem.ts';
import { pointerToken } from '../../model/text/json-pointer.ts';
import { uuidPattern } from '../../model/text/uuid.ts';

/** A problem as it is sent (RFC 9457); `type` is left out, which means `about:blank`. */
interface ProblemBody {
  code: string;
  title: string;
  status: number;
  detail: string;
  requestId: string;
  errors?: FieldError[];
}

/**
 * Answers with a problem for any error; an unexpected error is logged, and the answer does not
 * contain its text.
 */
export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const problem = describe(error);
  // The answer names it, too: `requestId`.
  if (problem.status >= 500)
    request.log.error({ err: error, exception_id: request.id }, 'request failed');
  else request.log.debug({ code: problem.code, status: problem.status }, 'request refused');
  const { retryAfter = null } = problem;
  if (retryAfter !== null) void reply.header('retry-after', String(retryAfter));
  send(problem, request, reply);
}

/** Answers something that cannot be read as a request at all on its raw socket, and closes it. */
export function answerUnreadable({ code }: ConnectionError, socket: Socket): void {
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, ...rest } =
    code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? problem(408, 'timed_out', 'The request did not arrive in time.')
      : code === 'HPE_HEADER_OVERFLOW'
        ? problem(431, 'invalid_request', 'The headers of the request are too long.')
        : problem(400, 'invalid_request', 'This is not an HTTP/1.1 request.');
  const body = JSON.stringify(bodyOf({ status, ...rest }, randomUUID()));
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}\r\n` +
      `Content-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
      `Connection: close\r\n\r\n${body}`,
  );
}

interface Problem {
  status: number;
  code: string;
  detail: string;
  errors: FieldError[];
  more?: Readonly<Record<string, unknown>>;
  /** Seconds. */
  retryAfter?: number | null;
}

function send(problem: Problem, request: FastifyRequest, reply: FastifyReply) {
  // As text, because the response schema describes the route's own answers, not problems.
  void reply
    .code(problem.status)
    .type('application/problem+json')
    .serializer((value: unknown) => JSON.stringify(value))
    .send(bodyOf(problem, request.id));
}

function bodyOf({ status, code, detail, errors, more }: Problem, requestId: string): ProblemBody {
  return {
    ...more,
    code,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    requestId,
    ...(errors.length > 0 ? { errors } : {}),
  };
}

function describe(error: unknown): Problem {
  if (error instanceof ApiProblem) {
    const { status, code, message: detail, errors, more, retryAfter } = error;
    return { status, code, detail, errors, more, retryAfter };
  }
  if (error instanceof StreamFailure)
    return {
      status: streamFailureStatus(error.code),
      code: error.code,
      detail: error.message,
      errors: [],
    };
  if (error instanceof SealError) return problem(503, 'wrong_master_key', error.message);
  if (isDatabaseAway(error))
    return problem(503, 'database_unavailable', 'The database does not answer. Try again soon.');
  if (isContention(error)) return { ...problem(503, 'busy', busy), retryAfter: 1 };
  if (error instanceof Error) {
    const known = describeFastifyError(error as FastifyError);
    if (known) return known;
  }
  return {
    status: 500,
    code: 'internal_error' satisfies ProblemCode,
    detail: 'Gitward failed to handle this request. Its log has the reason under this request id.',
    errors: [],
  };
}

const busy =
  'Something else is being stored there right now, and took too long. Nothing was changed: try again.';

/** 502 if the source did not answer us, 422 if something that the caller named cannot be used. */
function streamFailureStatus(code: FailureCode): number {
  if (code === 'internal_error') return 500;
  return code === 'source_unreachable' || code === 'source_timeout' ? 502 : 422;
}

function describeFastifyError(error: FastifyError): Problem | null {
  if (error.validation) {
    const errors = fieldErrors(error.validation);
    const [first] = errors;
    const where = error.validationContext ?? 'request';
    return {
      status: 400,
      code: 'invalid_request' satisfies ProblemCode,
      detail: first
        ? `The ${where} is not valid: ${first.pointer || 'it'} ${first.message}.`
        : `The ${where} is not valid.`,
      errors,
    };
  }
  switch (error.code) {
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return problem(400, 'malformed_json', 'The body is not JSON.');
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return problem(413, 'body_too_large', 'The body is too large. Send it in parts.');
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return problem(415, 'unsupported_media_type', 'Send application/json.');
    case 'FST_ERR_HANDLER_TIMEOUT':
      return problem(503, 'timed_out', 'The request took too long. Try again.');
    case 'FST_ERR_BAD_URL':
      return problem(400, 'invalid_request', 'The address of the request cannot be decoded.');
  }
  const status = error.statusCode;
  return status !== undefined && status >= 400 && status < 500
    ? problem(status, 'invalid_request', STATUS_CODES[status] ?? 'The request was refused.')
    : null;
}

function problem(status: number, code: ProblemCode, detail: string): Problem {
  return { status, code, detail, errors: [] };
}

/**
 * If a value matches no member of a union, each member reports an error; we keep one error per
 * pointer.
 */
function fieldErrors(found: NonNullable<FastifyError['validation']>): FieldError[] {
  const byPointer = new Map<string, string>();
  for (const { keyword, instancePath, message, params } of found) {
    const named = namedProperties(keyword, params);
    const pointers =
      named.length > 0 ? named.map((name) => `${instancePath}/${name}`) : [instancePath];
    for (const pointer of pointers) {
      if (byPointer.has(pointer)) continue;
      byPointer.set(pointer, messageOf(keyword, params, message));
    }
  }
  return [...byPointer].map(([pointer, message]) => ({ pointer, message })).slice(0, 50);
}

function messageOf(keyword: string, params: Record<string, unknown>, message?: string): string {
  if (keyword === 'required') return 'is missing';
  // TypeBox reports an unknown field as one that fails the schema `false`.
  if (keyword === 'additionalProperties' || keyword === 'boolean') return 'is not a known field';
  if (keyword === 'pattern' && params.pattern === uuidPattern) return 'must be the id, a UUID';
  if (keyword === 'enum' && Array.isArray(params.allowedValues))
    return `must be one of ${params.allowedValues.join(', ')}`;
  return message ?? 'is not valid';
}

function namedProperties(keyword: string, params: Record<string, unknown>): string[] {
  const named =
    keyword === 'required'
      ? params.requiredProperties
      : keyword === 'additionalProperties'
        ? params.additionalProperties
        : [];
  return Array.isArray(named)
    ? named.filter((name) => typeof name === 'string').map(pointerToken)
    : [];
}
