import { Ajv } from 'ajv';

/** An operation of an API, as its own description has it. Schemas are JSON Schema. */
export interface Operation {
  method: string;
  /** `/repos/{owner}/{repo}`; `{branch+}` takes all the rest, with its slashes. */
  path: string;
  query: Readonly<Record<string, object>>;
  /** `null` if it takes none. */
  body: { properties?: Readonly<Record<string, object>>; required?: readonly string[] } | null;
  /** The schema of each answer that the description shows. */
  answers: Readonly<Record<number, object>>;
}

/** A request, with the parameters in its path. */
export interface MatchedCall {
  operation: Operation;
  parameters: Readonly<Record<string, string>>;
}

/** Checks requests and answers against the description of an API: what it does not have is an error of who asks, or of the stand-in. */
export class Description {
  readonly #operations: readonly Operation[];
  readonly #ajv: Ajv;

  /** `documents` are what schemas refer to, by their `$id`. */
  constructor(operations: readonly Operation[], documents: readonly object[] = []) {
    this.#operations = operations;
    this.#ajv = new Ajv({ strict: false, validateFormats: false, coerceTypes: false });
    for (const document of documents) this.#ajv.addSchema(document);
  }

  /** The operation of a request, which must be as it says. Throws an error that says what is wrong. */
  match(method: string, path: string, query: URLSearchParams, body: unknown): MatchedCall {
    for (const operation of this.#operations) {
      const parameters = operation.method === method ? parametersOf(operation.path, path) : null;
      if (parameters === null) continue;
      this.#checkQuery(operation, query);
      this.#checkBody(operation, body);
      return { operation, parameters };
    }
    throw new Error(`The API has no ${method} ${path}.`);
  }

  /** Throws an error if the answer is not what the description promises. */
  checkAnswer({ operation }: MatchedCall, status: number, body: unknown): void {
    const schema = operation.answers[status];
    if (schema !== undefined)
      this.#check(schema, body, `${status} of ${operation.method} ${operation.path}`);
  }

  #checkQuery({ method, path, query }: Operation, given: URLSearchParams): void {
    for (const [name, text] of given) {
      const schema = query[name];
      if (schema === undefined) throw new Error(`${method} ${path} has no parameter ${name}.`);
      const isNumber = 'type' in schema && schema.type === 'integer';
      this.#check(schema, isNumber ? Number(text) : text, `${name} of ${method} ${path}`);
    }
  }

  #checkBody({ method, path, body: described }: Operation, body: unknown): void {
    const what = `the body of ${method} ${path}`;
    if (described === null) {
      if (body !== undefined && Object.keys(body as object).length > 0)
        throw new Error(`There should be no ${what.slice(4)}.`);
      return;
    }
    const known = Object.keys(described.properties ?? {});
    for (const name of Object.keys(body ?? {}))
      if (!known.includes(name)) throw new Error(`There is no ${name} in ${what}.`);
    this.#check(described, body ?? {}, what);
  }

  #check(schema: object, value: unknown, what: string): void {
    if (!this.#ajv.validate(schema, value))
      throw new Error(`${what} is wrong: ${this.#ajv.errorsText()}`);
  }
}

function parametersOf(template: string, path: string): Record<string, string> | null {
  const names: string[] = [];
  const pattern = template
    .replace(/[.*?^$()|[\]\\]/g, '\\$&')
    .replace(/\{(\w+)(\+?)\}/g, (_whole, name: string, rest: string) => {
      names.push(name);
      return rest === '+' ? '(.+)' : '([^/]+)';
    });
  const found = new RegExp(`^${pattern}$`).exec(path);
  return (
    found &&
    Object.fromEntries(names.map((name, at) => [name, decodeURIComponent(found[at + 1] ?? '')]))
  );
}
