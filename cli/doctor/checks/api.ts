import { fetchFor } from '../../client/fetch-for.ts';
import { fails, ok, reasonOf, warning, type Check } from '../check.ts';

/** How long the API may take, in milliseconds: it waits for its parts itself. */
const patience = 10_000;

const parts: Readonly<Record<string, string>> = {
  database: 'its database',
  temporal: 'Temporal',
  worker: 'a worker',
  masterKey: 'a master key that opens everything',
};

/** Whether the API answers where commands look for it, and what it misses. */
export const apiCheck: Check = {
  name: 'API',
  async look({ config: { client, network } }, signal) {
    const url = client.url.replace(/\/+$/, '');
    try {
      const send = await fetchFor(url, network);
      const answer = await send(`${url}/readyz`, {
        ...{ method: 'GET', redirect: 'error', headers: {} },
        signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
      });
      const ready = JSON.parse(await answer.text()) as Record<string, unknown>;
      const missing = Object.entries(parts).flatMap(([name, words]) =>
        ready[name] === false ? [words] : [],
      );
      if (missing.length === 0 && answer.ok) return [ok(`It answers at ${url}, and is ready.`)];
      return [
        fails(
          `The API at ${url} misses ${missing.length === 0 ? `something (${answer.status})` : missing.join(' and ')}.`,
          'See what is said about these; its log says more.',
        ),
      ];
    } catch (error) {
      const { cause } = error as { cause?: unknown };
      return [
        warning(
          `No API answers at ${url}: ${reasonOf(cause instanceof Error ? cause : error)}.`,
          'Start it (`gitward start` or `gitward api`), or set GITWARD_URL to where it is.',
        ),
      ];
    }
  },
};
