import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import openapiTypescript, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { pino } from 'pino';
import { createApi } from '../api/http/create-api.ts';
import type { ApiDeps } from '../api/http/deps.ts';
import { platforms } from '../platforms/index.ts';
import { LogSampling } from '../telemetry/log-sampling.ts';

/*
 * `npm run web:client`: writes the types of the API, as its own OpenAPI description has them, for the console. A test
 * compares the file with the description.
 */

const file = join(import.meta.dirname, '../web/api/schema.ts');

/** The text of `web/api/schema.ts`. */
export async function describeClient(): Promise<string> {
  const description = await describeApi();
  const types = astToString(await openapiTypescript(description));
  return `// Written by \`npm run web:client\` from the API's OpenAPI description. Do not edit.\n\n${types}`;
}

/** The description needs no server: routes use what they are given only when they are called. */
async function describeApi(): Promise<OpenAPI3> {
  const logger = pino({ level: 'silent' });
  const sampling = new LogSampling(1, () => Promise.resolve(0));
  const deps = { platforms, logger, sampling, trustedProxies: null, unopened: [], version: '0' };
  const api = createApi(deps as unknown as ApiDeps);
  try {
    const { body } = await api.inject('/openapi.json');
    return JSON.parse(body) as OpenAPI3;
  } finally {
    await api.close();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await writeFile(file, await describeClient());
