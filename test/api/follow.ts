import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { expect } from 'vitest';
import { adminToken } from './api-under-test.ts';

/** A stream of an API, as a client sees it. */
export interface Client {
  /** The data of the events so far. */
  events: unknown[];
  /** Their names. */
  names: string[];
  response: IncomingMessage;
  /** Settles when the API ends the stream. */
  ended: Promise<unknown>;
  leave(): void;
}

/** Follows a stream of events, as an admin by default. */
export async function follow(
  origin: string,
  path: string,
  headers: Record<string, string> = { authorization: `Bearer ${adminToken}` },
): Promise<Client> {
  const sent = request(`${origin}${path}`, { headers });
  sent.on('error', () => undefined);
  sent.end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  expect(response.statusCode).toBe(200);
  const events: unknown[] = [];
  const names: string[] = [];
  const parts: string[] = [];
  response.setEncoding('utf8').on('data', (part: string) => {
    parts.push(part);
    if (!part.endsWith('\n')) return;
    const blocks = parts.splice(0).join('').split('\n\n');
    parts.push(blocks.pop() ?? '');
    for (const block of blocks) {
      const [, name, data] = /^event: (\w+)\ndata: (.*)$/s.exec(block) ?? [];
      if (name === undefined || data === undefined) continue;
      names.push(name);
      events.push(JSON.parse(data));
    }
  });
  response.on('error', () => undefined);
  const ended = new Promise((resolve) => response.once('end', resolve));
  return { events, names, response, ended, leave: () => void sent.destroy() };
}
