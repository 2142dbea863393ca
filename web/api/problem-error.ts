/** A refusal or failure of the API, as its `application/problem+json` says it. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly status: number;
  /** Stable; meant for programs. `unreachable`: there was no answer at all. */
  readonly code: string;
  /** For looking up the request in Gitward's logs; `null` if it did not get that far. */
  readonly requestId: string | null;
  /** Which fields of the request are wrong, as JSON pointers. */
  readonly errors: readonly FieldError[];
  /** What else the answer says, such as both sides of what clashes. */
  readonly more: Readonly<Record<string, unknown>>;

  constructor({ status, code, detail, requestId, errors, more }: Problem) {
    super(detail);
    this.status = status;
    this.code = code;
    this.requestId = requestId;
    this.errors = errors ?? [];
    this.more = more ?? {};
  }
}

/** What is wrong with a field. */
export interface FieldError {
  pointer: string;
  message: string;
}

/** What {@link ProblemError} is made of. */
export interface Problem {
  status: number;
  code: string;
  detail: string;
  requestId: string | null;
  errors?: FieldError[];
  more?: Record<string, unknown>;
}

/** The error of an answer that is not a success; a proxy's answer may be no problem document. */
export function problemOf(body: unknown, response: Response): ProblemError {
  const more = (isObject(body) ? body : {}) as Record<string, unknown>;
  const { code, detail, errors } = more as Partial<Problem>;
  return new ProblemError({
    status: response.status,
    code: code ?? 'unknown',
    detail: detail ?? `The server answered ${response.status} ${response.statusText}`.trim() + '.',
    requestId: response.headers.get('x-request-id'),
    ...(errors && { errors }),
    more,
  });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
