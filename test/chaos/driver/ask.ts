import type { World } from '../world.ts';

/** An answer of the API. */
export interface Answered {
  status: number;
  body: unknown;
}

/**
 * Sends one request as a program outside does: `null` if there was no answer within the time, by default 8 seconds, and
 * nobody knows what became of it.
 */
export async function ask(
  world: World,
  method: string,
  path: string,
  { token = world.adminToken, body, within = 8_000 }: { token?: string; body?: unknown; within?: number } = {}, // prettier-ignore
): Promise<Answered | null> {
  try {
    const response = await fetch(world.apiUrl + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(within),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  } catch {
    return null;
  }
}

/** As {@link ask}, for what has to succeed: throws unless the answer is 2xx. */
export async function call<T>(
  world: World,
  method: string,
  path: string,
  body?: unknown,
): Promise<T> {
  const answer = await ask(world, method, path, { body, within: 30_000 });
  if (answer === null) throw new Error(`${method} ${path}: there was no answer.`);
  if (answer.status >= 300)
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body as T;
}
