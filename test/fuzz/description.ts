/** The parts of an OpenAPI description that a run changes or looks at. */
export interface Description {
  paths: Record<string, Record<string, Operation>>;
}
interface Operation {
  parameters?: { name: string; in: string; schema: object }[];
  responses: Record<string, unknown>;
}

/**
 * The description with parameters of paths that often are something that exists: made-up ids alone would never get past the
 * question whether there is such a thing. The values are among those that the description allows.
 */
export function withKnown(description: Description, known: Record<string, string[]>): Description {
  const copy = structuredClone(description);
  for (const { parameters = [] } of operationsOf(copy))
    for (const parameter of parameters) {
      const values = parameter.in === 'path' ? known[parameter.name] : undefined;
      if (values !== undefined)
        parameter.schema = { anyOf: [{ type: 'string', enum: values }, parameter.schema] };
    }
  return copy;
}

/**
 * What is right for this API and not for every one; all checks are on, for all routes but the named ones. The reasons are in
 * the decision about fuzzing.
 */
export function settingsOf(description: Description): string {
  const asksSources = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { responses }]) => '502' in responses)
      .map(([method]) => ({ method, path })),
  );
  return [
    '[checks]',
    'negative_data_rejection.expected-statuses = ["400", "401", "403", "404", "405", "409", "413", "414", "415", "422", "429", "431"]',
    'positive_data_acceptance.expected-statuses = ["2xx", "3xx", "401", "403", "404", "409", "412", "413", "422", "429", "431"]',
    ...asksSources.flatMap(({ method, path }) => [
      ...forOperation(method, path),
      'checks.not_a_server_error.expected-statuses = ["2xx", "3xx", "4xx", "502"]',
    ]),
    ...forOperation('post', '/v1/events'),
    'checks.negative_data_rejection.enabled = false',
    ...forOperation('post', '/v1/projects/{project}/mirrors/preview'),
    'checks.allow_header_conformance.enabled = false',
    '',
  ].join('\n');
}

/** What the operations are called: `GET /v1/spaces/{space}`. */
export function operationNames({ paths }: Description): string[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
}

function forOperation(method: string, path: string): string[] {
  return [
    '',
    '[[operations]]',
    `include-method = "${method.toUpperCase()}"`,
    `include-path = "${path}"`,
  ];
}

function operationsOf({ paths }: Description): Operation[] {
  return Object.values(paths).flatMap((methods) => Object.values(methods));
}
