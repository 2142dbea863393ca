import type { FastifyInstance } from 'fastify';
import { ApiProblem } from './problem.ts';

/** How deeply lists and objects of a body may be nested; routes judge what they take themselves. */
export const deepestJson = 1_000;

/**
 * Reads JSON bodies. Unlike Fastify's own parser, refuses what is not UTF-8, which it would store with replacement
 * characters, and nesting beyond {@link deepestJson} before it builds anything: parsing half a million brackets takes
 * seconds.
 */
export function addJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    let text: string;
    try {
      text = readText(body as Buffer);
    } catch (error) {
      done(error as Error);
      return;
    }
    void parse(request, text, done);
  });
}

/** The text of a body; throws {@link ApiProblem} 400. */
function readText(body: Buffer): string {
  if (isNestedTooDeeply(body))
    throw new ApiProblem(
      400,
      'malformed_json',
      `The body is nested too deeply: at most ${deepestJson} levels of lists and objects.`,
    );
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new ApiProblem(400, 'malformed_json', 'The body is not valid UTF-8.');
  }
}

const [quote, backslash, openList, closeList, openObject, closeObject] = Buffer.from('"\\[]{}');

/** Counts brackets outside of strings; whether they match is for the parser to say. */
function isNestedTooDeeply(json: Buffer): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at];
    if (inString) {
      if (byte === backslash) at += 1;
      else if (byte === quote) inString = false;
    } else if (byte === quote) inString = true;
    else if (byte === openList || byte === openObject) {
      depth += 1;
      if (depth > deepestJson) return true;
    } else if (byte === closeList || byte === closeObject) depth -= 1;
  }
  return false;
}
