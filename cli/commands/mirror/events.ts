import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Answer } from '../../client/answers.ts';
import { UsageError, asClient, processIo, type ClientIo } from '../../client/client-command.ts';

type EventsAnswer = Answer<'POST /v1/events'>;

/** The most events that the API accepts in one request, by number and by bytes. */
const requestEvents = 1_000;
const requestBytes = 12 * 1024 * 1024;

/** Adds `gitward events …`. */
export function registerEvents(program: Command, io: ClientIo = processIo): void {
  const events = program
    .command('events')
    .description('events with which a platform reports changes');

  asClient(
    events
      .command('send')
      .description('send events: a JSON event, a JSON array, or one JSON event per line')
      .argument('<file>', 'a file, or - for standard input'),
    io,
    async (client, file: string) => {
      const all = parseEvents(file === '-' ? await io.readInput() : await readEventFile(file));
      const total: EventsAnswer = { accepted: 0, duplicates: 0, rejected: [] };
      let sent = 0;
      for (const part of parts(all)) {
        const answer = await client.send('POST /v1/events', { body: part });
        total.accepted += answer.accepted;
        total.duplicates += answer.duplicates;
        for (const { index, ...rest } of answer.rejected)
          total.rejected.push({ index: index + sent, ...rest });
        sent += part.length;
      }
      return { json: total, text: describe(total), exitCode: total.rejected.length > 0 ? 1 : 0 };
    },
  );
}

async function readEventFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new UsageError(`${file} cannot be read.`, { cause });
  }
}

/** The events in a text: either the whole text is JSON, or each line is. */
function parseEvents(text: string): unknown[] {
  try {
    const whole: unknown = JSON.parse(text);
    return Array.isArray(whole) ? whole : [whole];
  } catch {
    return text
      .split('\n')
      .map((line, index) => ({ line: line.trim(), number: index + 1 }))
      .filter(({ line }) => line !== '')
      .map(({ line, number }) => {
        try {
          return JSON.parse(line) as unknown;
        } catch (cause) {
          throw new UsageError(`This is not JSON, and neither is line ${number} on its own.`, {
            cause,
          });
        }
      });
  }
}

function* parts(events: readonly unknown[]): Generator<unknown[]> {
  let part: unknown[] = [];
  let bytes = 0;
  for (const event of events) {
    const size = Buffer.byteLength(JSON.stringify(event));
    if (part.length > 0 && (part.length === requestEvents || bytes + size > requestBytes)) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push(event);
    bytes += size;
  }
  if (part.length > 0) yield part;
}

function describe({ accepted, duplicates, rejected }: EventsAnswer): string {
  return [
    `${accepted} accepted, ${duplicates} already known, ${rejected.length} rejected`,
    ...rejected.map(({ index, code, message }) => `  event ${index}: ${message} (${code})`),
  ].join('\n');
}
