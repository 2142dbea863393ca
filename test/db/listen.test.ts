import { createServer, connect as connectSocket, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { afterEach, expect, test, vi } from 'vitest';
import { listen, type Listener, type ListenOptions } from '../../db/listen.ts';
import { testDatabase } from '../support/postgres.ts';

const { db, url } = await testDatabase();
const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** What a listener received, in order. */
interface Heard {
  notices: string[];
  turns: boolean[];
  problems: string[];
  listener: Listener;
}

function hear(options: Partial<ListenOptions> = {}): Heard {
  const notices: string[] = [];
  const turns: boolean[] = [];
  const problems: string[] = [];
  const listener = listen({
    ...{ url, db, channel: 'some_channel', trialInterval: 200, trialPatience: 300 },
    onNotice: (payload) => notices.push(payload),
    onTurn: (listening) => turns.push(listening),
    onProblem: ({ message }) => problems.push(message),
    ...options,
  });
  ends.push(() => listener.close());
  return { notices, turns, problems, listener };
}

function notify(payload: string) {
  return sql`SELECT pg_notify('some_channel', ${payload})`.execute(db);
}

/** A proxy to the database that a test can cut, or keep from sending anything back. */
async function road(): Promise<{ url: string; cut: () => void; silent: boolean }> {
  const sockets = new Set<Socket>();
  const state = {
    url: '',
    silent: false,
    cut: () => sockets.forEach((socket) => socket.destroy()),
  };
  // The tests' server listens on a socket in a directory; the URL names that directory in place of
  // a host.
  const [, directory = ''] = /@([^/]*)\//.exec(url) ?? [];
  const socketPath = `${decodeURIComponent(directory)}/.s.PGSQL.5432`;
  const server: Server = createServer((from) => {
    const to = connectSocket(socketPath);
    for (const socket of [from, to]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => [from, to].forEach((each) => each.destroy()));
    }
    from.pipe(to);
    to.on('data', (chunk) => state.silent || from.write(chunk));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => {
    state.cut();
    return new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  state.url = url.replace(`@${directory}/`, `@127.0.0.1:${port}/`);
  return state;
}

const soon = { timeout: 5_000, interval: 20 };

test("a notification arrives once, and other listeners' trials do not arrive", async () => {
  const heard = hear();
  const other = hear();
  await vi.waitFor(() => expect([heard.turns, other.turns]).toEqual([[true], [true]]), soon);
  await notify('one');
  await vi.waitFor(() => expect(heard.notices).toEqual(['one']), soon);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(heard.notices).toEqual(['one']);
  expect(heard.problems).toEqual([]);
});

test('a lost connection is made again', async () => {
  const way = await road();
  const heard = hear({ url: way.url });
  await vi.waitFor(() => expect(heard.turns).toEqual([true]), soon);
  way.cut();
  await vi.waitFor(() => expect(heard.turns).toEqual([true, false, true]), soon);
  expect(heard.problems).toHaveLength(1);
  await notify('after');
  await vi.waitFor(() => expect(heard.notices).toEqual(['after']), soon);
});

test('a connection over which nothing arrives any more is detected', async () => {
  const way = await road();
  const heard = hear({ url: way.url });
  await vi.waitFor(() => expect(heard.turns).toEqual([true]), soon);
  way.silent = true;
  await vi.waitFor(() => expect(heard.turns).toEqual([true, false]), soon);
  expect(heard.problems).toEqual(['Notifications do not arrive over this connection.']);
  way.silent = false;
  await vi.waitFor(() => expect(heard.turns).toEqual([true, false, true]), soon);
});

test('an unreachable database is reported once, and closing ends the attempts', async () => {
  const heard = hear({ url: 'postgres://nobody@127.0.0.1:1/none' });
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  expect(heard.problems).toHaveLength(1);
  expect(heard.turns).toEqual([]);
  await heard.listener.close();
});
