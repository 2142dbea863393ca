import { request, type Dispatcher } from 'undici';
import type { ApiAnswer } from './types.ts';

const maxBytes = 2 * 1024 * 1024;
const timeout = 10_000;

/**
 * Gets a JSON object from a host's API. Follows no redirects: one could send the credential
 * elsewhere. Rejects with the error of the connection (including a refused address), or with the
 * signal's reason.
 */
export async function getJson(
  url: string,
  options: { dispatcher: Dispatcher; authorization: string | null; signal: AbortSignal },
): Promise<ApiAnswer> {
  const { dispatcher, authorization, signal } = options;
  const { statusCode, body } = await request(url, {
    dispatcher,
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
    headers: {
      accept: 'application/json',
      'user-agent': 'Gitward',
      ...(authorization === null ? {} : { authorization }),
    },
  });
  if (statusCode !== 200) {
    await body.dump({ limit: 65_536 });
    return { status: statusCode, body: null };
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) {
      body.destroy();
      return { status: statusCode, body: null };
    }
    chunks.push(chunk);
  }
  return { status: statusCode, body: objectIn(Buffer.concat(chunks).toString()) };
}

/** Parses a JSON object; `null` if the text is anything else, such as a login page. */
function objectIn(text: string): ApiAnswer['body'] {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
