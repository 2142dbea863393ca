import { fetch, type Dispatcher } from 'undici';

const maxBytes = 1024 * 1024;

/** What the libraries for OpenID Connect send requests with. */
export type Fetch = (
  url: string,
  options: {
    method: string;
    headers: Headers | Record<string, string>;
    redirect: 'manual';
    signal?: AbortSignal;
    body?: unknown;
  },
) => Promise<Response>;

/**
 * Sends requests to the addresses that the dispatcher allows, follows no redirects, and reads at most
 * 1 MiB of an answer.
 */
export function boundedFetch(dispatcher: Dispatcher): Fetch {
  return async (url, { method, headers, redirect, signal, body }) => {
    const answer = await fetch(url, {
      ...{ method, redirect, dispatcher },
      headers: { ...Object.fromEntries(new Headers(headers)), 'user-agent': 'Gitward' },
      ...(signal === undefined ? {} : { signal }),
      // Forms are all that the libraries send.
      ...(body instanceof URLSearchParams ? { body: body.toString() } : {}),
    });
    const text = answer.body === null ? null : await readBounded(answer.body, url);
    return new Response(text, {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
    });
  };
}

async function readBounded(body: AsyncIterable<Uint8Array>, url: string): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new Error(`${new URL(url).origin} sent more than 1 MiB.`);
    chunks.push(chunk);
  }
  return bytes === 0 ? null : Buffer.concat(chunks);
}
