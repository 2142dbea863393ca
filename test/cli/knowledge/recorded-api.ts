import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Command, CommanderError } from 'commander';
import { afterAll, beforeEach } from 'vitest';
import type { ClientIo } from '../../../cli/client/client-command.ts';
import { registerKnowledge } from '../../../cli/commands/knowledge/knowledge.ts';
import type { Ran } from './run-knowledge.ts';

/** What an API was asked, as `<method> <path>`, with the body. */
export interface Asked {
  what: string;
  body: unknown;
}

/** Stands in for the API: records what it is asked, and answers what a test says. */
export interface RecordedApi {
  asked: Asked[];
  /**
   * Answers to `<method> <path>`, one after the other; the last one stays. A `*` at its end stands for anything.
   */
  answers: Map<string, { status?: number; body: unknown }[]>;
  /** Has a request answered with success, once for each body; the last one stays. */
  answer: (what: string, ...bodies: unknown[]) => void;
  /** Runs `gitward knowledge …` against it. */
  knowledge: (args: string[], input?: string) => Promise<Ran>;
}

/** Starts an API for the tests of a file; each test begins without answers. */
export async function recordedApi(): Promise<RecordedApi> {
  const asked: Asked[] = [];
  const answers: RecordedApi['answers'] = new Map();
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const what = `${request.method} ${decodeURIComponent((request.url ?? '').replaceAll('+', ' '))}`;
      asked.push({ what, body: body === '' ? null : JSON.parse(body) });
      const like = [...answers.keys()].find(
        (key) => key.endsWith('*') && what.startsWith(key.slice(0, -1)),
      );
      const of = answers.get(what) ??
        answers.get(like ?? what) ?? [
          { status: 404, body: { code: 'route_not_found', detail: what } },
        ];
      const answer = of.length > 1 ? of.shift() : of[0];
      response.writeHead(answer?.status ?? 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer?.body));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  afterAll(() => server.close());
  beforeEach(() => {
    asked.length = 0;
    answers.clear();
  });
  return {
    asked,
    answers,
    answer(what, ...bodies) {
      answers.set(
        what,
        bodies.map((body) => ({ body })),
      );
    },
    knowledge: (args, input = '') => run(url, args, input),
  };
}

async function run(url: string, args: string[], input: string): Promise<Ran> {
  const ran: Ran = { code: 0, out: '', error: '' };
  const io: ClientIo = {
    env: { GITWARD_URL: url, GITWARD_TOKEN: 'gw_test' },
    out: (said) => void (ran.out += said),
    error: (said) => void (ran.error += said),
    setExitCode: (code) => void (ran.code = code),
    readInput: () => Promise.resolve(input),
    readSecret: () => Promise.resolve(input.trim()),
  };
  const program = new Command('gitward')
    .exitOverride()
    .configureOutput({ writeOut: (said) => io.out(said), writeErr: (said) => io.error(said) });
  registerKnowledge(program, io);
  try {
    await program.parseAsync(['knowledge', ...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    ran.code = error.exitCode === 0 ? 0 : 2;
  }
  return ran;
}
