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

  constructor({ status, code, detail, requestId, errors }: Problem) {
    super(detail);
    this.status = status;
    this.code = code;
    this.requestId = requestId;
    this.errors = errors ?? [];
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
}

/** The error of an answer that is not a success; a proxy's answer may be no problem document. */
export function problemOf(body: unknown, response: Response): ProblemError {
  const { code, detail, errors } = (isObject(body) ? body : {}) as Partial<Problem>;
  return new ProblemError({
    status: response.status,
    code: code ?? 'unknown',
    detail: detail ?? `The server answered ${response.status} ${response.statusText}`.trim() + '.',
    requestId: response.headers.get('x-request-id'),
    ...(errors && { errors }),
  });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
