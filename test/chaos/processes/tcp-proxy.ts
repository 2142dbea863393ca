import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What a connection can be to: a port of this machine, or a Unix socket. */
export type Target = { port: number } | { path: string };

/**
 * One way between two processes. It listens on a port that stays the same, whatever happens to the server behind it, and
 * can be cut, silenced and slowed down.
 */
export class TcpProxy {
  readonly name: string;
  readonly port: number;
  readonly #server: Server;
  readonly #pairs = new Set<[Socket, Socket]>();
  #state: 'open' | 'cut' | 'silent' = 'open';
  #delay = 0;

  private constructor(name: string, server: Server, target: () => Target) {
    this.name = name;
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
    server.on('connection', (socket) => this.#accept(socket, target));
  }

  /** Listens on a free port of the loopback interface; the target is asked for anew for each connection. */
  static async listen(name: string, target: () => Target): Promise<TcpProxy> {
    const server = createServer({ allowHalfOpen: true });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    return new TcpProxy(name, server, target);
  }

  /** Resets every connection, and each new one. */
  cut(): void {
    this.#state = 'cut';
    for (const [incoming, outgoing] of this.#pairs) {
      incoming.resetAndDestroy();
      // This can be a Unix socket, which knows no reset.
      outgoing.destroy();
    }
  }

  /** Keeps connections, also new ones, but nothing passes, as behind a firewall that drops packets. */
  silence(): void {
    this.#state = 'silent';
    for (const pair of this.#pairs) for (const socket of pair) socket.pause();
  }

  /** Lets each piece pass only after this time, in milliseconds. */
  slowDown(delay: number): void {
    this.#delay = delay;
  }

  /** Lets everything pass again. */
  heal(): void {
    this.#state = 'open';
    this.#delay = 0;
    for (const pair of this.#pairs) for (const socket of pair) socket.resume();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #accept(incoming: Socket, target: () => Target): void {
    if (this.#state === 'cut') {
      incoming.resetAndDestroy();
      return;
    }
    const outgoing = connect({ ...target(), allowHalfOpen: true });
    const pair: [Socket, Socket] = [incoming, outgoing];
    this.#pairs.add(pair);
    this.#pass(incoming, outgoing);
    this.#pass(outgoing, incoming);
    for (const socket of pair) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.#pairs.delete(pair);
        for (const other of pair) other.destroy();
      });
      if (this.#state === 'silent') socket.pause();
    }
  }

  /** Passes on what comes in, in its order. */
  #pass(from: Socket, to: Socket): void {
    let last = Promise.resolve();
    const later = (act: () => void) => {
      const wait = this.#delay;
      last = last.then(async () => {
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
        if (!to.destroyed) act();
      });
    };
    from.on('data', (chunk: Buffer) => later(() => void to.write(chunk)));
    from.on('end', () => later(() => void to.end()));
  }
}
