import { readFileSync } from 'node:fs';
import { Description, type Operation } from './description.ts';
import { usedOperations } from './github-operations.ts';

type Json = Record<string, unknown>;

interface Parameter {
  name: string;
  in: string;
  schema: object;
}

/** What we use of GitHub's own description of its API (OpenAPI 3.0); `take-excerpt.ts` takes it from `@octokit/openapi`. */
const document = JSON.parse(
  readFileSync(new URL('github-openapi.json', import.meta.url), 'utf8'),
) as {
  paths: Record<string, Record<string, Json>>;
  components: Record<string, Record<string, Json>>;
};

const $id = 'github';

/** See {@link Description}. */
export const githubDescription = new Description(usedOperations.map(operationOf), [
  { $id, components: withNulls(document.components) as object },
]);

/** One of the examples in the description, for what an answer has besides what is of interest. */
export function githubExample(name: string): Json {
  const { value } = document.components.examples?.[name] as { value: Json | Json[] };
  return structuredClone(Array.isArray(value) ? (value[0] ?? {}) : value);
}

function operationOf(route: string): Operation {
  const [method = '', path = ''] = route.split(' ');
  const operation = document.paths[path]?.[method.toLowerCase()];
  if (operation === undefined) throw new Error(`GitHub's description has no ${route}.`);
  const parameters = (operation.parameters as (Parameter | { $ref: string })[]).map(resolved);
  const answers = Object.entries(operation.responses as Record<string, Json>).flatMap(
    ([status, answer]) => {
      const schema = schemaOf(resolved(answer));
      return schema === null ? [] : [[status, schema] as const];
    },
  );
  return {
    method,
    path,
    query: Object.fromEntries(
      parameters.flatMap((one) => (one.in === 'query' ? [[one.name, one.schema]] : [])),
    ),
    body: operation.requestBody === undefined ? null : bodyOf(operation.requestBody as Json),
    answers: Object.fromEntries(answers),
  };
}

/** A body that may be left out is `nullable` there. */
function bodyOf(described: Json): Operation['body'] {
  const schema = schemaOf(described) as { anyOf?: [object] } | null;
  return schema?.anyOf?.[0] ?? schema;
}

function schemaOf(described: Json): object | null {
  const content = described.content as Record<string, { schema?: object }> | undefined;
  const schema = content?.['application/json']?.schema;
  return schema === undefined ? null : (withNulls(schema) as object);
}

/** What a parameter or an answer that is kept elsewhere is. */
function resolved<T>(described: T | { $ref: string }): T {
  const ref = (described as { $ref?: string }).$ref;
  if (ref === undefined) return described as T;
  const [kind = '', name = ''] = ref.split('/').slice(2);
  return document.components[kind]?.[name] as T;
}

/** OpenAPI 3.0 says `nullable` where JSON Schema has a type more; references begin in the document. */
function withNulls(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withNulls);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { nullable, ...rest } = schema as Json;
  const copy = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [
      key,
      key === '$ref' && typeof value === 'string' ? $id + value : withNulls(value),
    ]),
  );
  return nullable === true ? { anyOf: [copy, { type: 'null' }] } : copy;
}
