import { Ajv2020 } from 'ajv/dist/2020.js';
import type { FastifyInstance } from 'fastify';

interface Sent {
  method: string;
  url: string;
  status: number;
  type: string;
  body: unknown;
}

/** What the description says of one answer of a route. */
interface Answer {
  $ref?: string;
  content?: Record<string, { schema: object }>;
}
interface Description {
  paths: Record<string, Record<string, { responses: Record<string, Answer> }>>;
  components: { responses: Record<string, Answer> };
}

/**
 * Watches an API that has no routes yet. The function that it returns finds the answers so far whose status, type or body
 * is not what the API's own description says, a sentence each.
 */
export function watchAnswers(app: FastifyInstance): () => Promise<string[]> {
  const answers: Sent[] = [];
  app.addHook('onSend', (request, reply, body, done) => {
    const { url, schema } = request.routeOptions;
    const type = String(reply.getHeader('content-type')).split(';', 1)[0] ?? '';
    // Some tests add routes of their own, which describe nothing.
    if (url !== undefined && schema?.response !== undefined)
      answers.push({ method: request.method, url, status: reply.statusCode, type, body });
    done(null, body);
  });
  return async () => {
    const { body } = await app.inject('/openapi.json');
    const check = checkAgainst(JSON.parse(body) as Description);
    return answers.flatMap((sent) => {
      const problem = check(sent);
      return problem === null ? [] : [`${sent.method} ${sent.url} ${sent.status} ${problem}`];
    });
  };
}

/** Says what is wrong with an answer; `null`: nothing, or the route is not described. */
function checkAgainst({ paths, components }: Description): (sent: Sent) => string | null {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ $id: 'api:', components });
  return ({ method, url, status, type, body }) => {
    const path = url.replaceAll(/:(\w+)/g, '{$1}');
    const responses = paths[path]?.[method === 'HEAD' ? 'get' : method.toLowerCase()]?.responses;
    if (responses === undefined) return null;
    const listed = responses[status];
    if (listed === undefined) return `is not documented: ${String(body).slice(0, 300)}`;
    const { content } = listed.$ref === undefined ? listed : (components.responses[status] ?? {});
    if (content === undefined || method === 'HEAD') return null;
    const media = content[type];
    if (media === undefined) return `has the type ${type}, not ${Object.keys(content).join(', ')}`;
    if (!type.endsWith('json')) return null;
    const validate = ajv.compile(absolute(media.schema));
    return validate(JSON.parse(String(body))) ? null : ajv.errorsText(validate.errors);
  };
}

const absoluteSchemas = new WeakMap<object, object>();

/** The same schema, for itself: with references into the description from outside. */
function absolute(schema: object): object {
  const known = absoluteSchemas.get(schema);
  if (known !== undefined) return known;
  const made = JSON.parse(
    JSON.stringify(schema).replaceAll('"#/components', '"api:#/components'),
  ) as object;
  absoluteSchemas.set(schema, made);
  return made;
}
