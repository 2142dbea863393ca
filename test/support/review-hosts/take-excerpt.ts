import { readFileSync, writeFileSync } from 'node:fs';
import { usedExamples, usedOperations } from './github-operations.ts';

/*
 * Writes `github-openapi.json`: of GitHub's description of its API (`generated/api.github.com.json` of the package
 * `@octokit/openapi`, 385 MB, whose path is the argument) only what the stand-in checks against.
 *
 *   cd "$(mktemp -d)" && npm pack @octokit/openapi && tar -xzf *.tgz
 *   npx tsx test/support/review-hosts/take-excerpt.ts "$OLDPWD"/package/generated/api.github.com.json
 */

type Json = Record<string, unknown>;

interface Whole {
  info: Json;
  paths: Record<string, Record<string, Json>>;
  components: Record<string, Record<string, unknown>>;
}

const [path] = process.argv.slice(2);
if (path === undefined) throw new Error('Give the path of api.github.com.json.');
const whole = JSON.parse(readFileSync(path, 'utf8')) as Whole;
const taken: Whole = { info: { version: whole.info.version }, paths: {}, components: {} };

for (const name of usedExamples) take('examples', name);
for (const route of usedOperations) {
  const [method = '', at = ''] = route.split(' ');
  const operation = whole.paths[at]?.[method.toLowerCase()];
  if (operation === undefined) throw new Error(`GitHub's description has no ${route}.`);
  const { parameters, requestBody, responses } = operation;
  taken.paths[at] = {
    ...taken.paths[at],
    [method.toLowerCase()]: without({ parameters, requestBody, responses }) as Json,
  };
}
const file = new URL('github-openapi.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(taken)}\n`);

/** Takes a component with everything that it refers to. */
function take(kind: string, name: string): void {
  const of = (taken.components[kind] ??= {});
  if (Object.hasOwn(of, name)) return;
  of[name] = {};
  const component = whole.components[kind]?.[name];
  of[name] = kind === 'examples' ? component : without(component);
}

/** A part of the description without its prose and its examples; what it refers to is taken as well. */
function without(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(without);
  if (typeof part !== 'object' || part === null) return part;
  const { $ref: ref } = part as { $ref?: unknown };
  if (typeof ref === 'string') {
    const [kind = '', name = ''] = ref.split('/').slice(2);
    take(kind, name);
  }
  return Object.fromEntries(
    Object.entries(part).flatMap(([key, value]) => {
      const isProse = (key === 'description' || key === 'title') && typeof value === 'string';
      return isProse || key === 'examples' || key === 'example' ? [] : [[key, without(value)]];
    }),
  );
}
