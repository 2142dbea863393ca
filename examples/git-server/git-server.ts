import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { gitEnvironment, GitRepository } from '../../test/support/git-repository.ts';

/** How to start a server. */
export interface GitServerOptions {
  /** The folder of its repositories. Defaults to a temporary one, which `close` removes. */
  directory?: string;
  /** Defaults to 0, which means any free port. */
  port?: number;
  /**
   * The credential that it accepts, or `null` to accept everyone. Defaults to a user `gitward` with a token.
   */
  credential?: { username: string; password: string } | null;
}

/** A request that the server received. */
export interface SeenRequest {
  method: string;
  path: string;
  authorized: boolean;
}

/**
 * A real Git server over HTTP on the loopback interface: `git http-backend` behind basic authentication, with
 * faults that tests can switch on.
 *
 * ```ts
 * const server = await GitServer.start();
 * const repository = await server.createRepository('mirror');
 * await deliver({ url: server.url('mirror'), credential: server.credential, … });
 * expect(await repository.log()).toHaveLength(1);
 * await server.close();
 * ```
 */
export class GitServer {
  readonly directory: string;
  /** The credential that it accepts. A test may change it, as when a token is rotated. */
  credential: { username: string; password: string } | null;
  readonly requests: SeenRequest[] = [];

  /** Answers every request with this status instead. */
  answerWith: number | null = null;
  /** Answers requests for these repositories in this way instead; the words are plain text, as hosts send them. */
  readonly answers = new Map<string, { status: number; words: string }>();
  /** Accepts requests and never answers them: all, or only those in which a push sends data. */
  hang: 'everything' | 'push' | null = null;
  /** Applies the next push, but closes the connection instead of answering. */
  loseNextAnswer = false;
  /** Answers the next push as if it had been applied, but does not keep it, as a host that falls back to an older copy. */
  forgetNextPush = false;
  /** Answers 411 to pushes that do not say their length, as some proxies do. */
  refuseChunks = false;
  /** Does not offer to send a part of a history, as some servers do not. */
  hideShallow = false;
  /** Runs before each push is passed to git. */
  beforePush: (() => Promise<void>) | null = null;
  /** Runs after each push was applied, before the answer is sent. */
  afterPush: (() => Promise<void>) | null = null;

  readonly #ownsDirectory: boolean;
  readonly #sockets = new Set<Socket>();
  #server: Server | null = null;
  #port: number;

  private constructor(directory: string, options: GitServerOptions) {
    this.directory = directory;
    this.#ownsDirectory = options.directory === undefined;
    this.#port = options.port ?? 0;
    this.credential =
      options.credential === undefined
        ? { username: 'gitward', password: 'test-token-3f9c1a7e' }
        : options.credential;
  }

  static async start(options: GitServerOptions = {}): Promise<GitServer> {
    const directory = options.directory ?? (await mkdtemp(join(tmpdir(), 'git-server-')));
    const server = new GitServer(directory, options);
    await server.comeBack();
    return server;
  }

  /** Creates an empty repository, available at `url(name)`. */
  createRepository(name: string, branch = 'main'): Promise<GitRepository> {
    return GitRepository.create(join(this.directory, `${name}.git`), branch);
  }

  url(name: string): string {
    return `http://127.0.0.1:${this.#port}/${name}.git`;
  }

  /** Stops listening and closes all connections. From then on, connections are refused. */
  async goAway(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server === null) return;
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  /** Listens again on the same port. */
  async comeBack(): Promise<void> {
    if (this.#server !== null) return;
    const server = createServer((request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        response.destroy(error instanceof Error ? error : undefined);
      });
    });
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** Stops the server, and removes its repositories if it created the folder for them. */
  async close(): Promise<void> {
    await this.goAway();
    if (this.#ownsDirectory)
      await rm(this.directory, { recursive: true, force: true, maxRetries: 3 });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://server');
    const authorized = this.#mayEnter(request);
    const isPush = request.method === 'POST' && pathname.endsWith('/git-receive-pack');
    this.requests.push({ method: request.method ?? '', path: request.url ?? '', authorized });

    if (this.hang === 'everything') return;
    if (this.answerWith !== null) {
      answer(response, this.answerWith);
      return;
    }
    const own = this.answers.get(/^\/([^/]+)\.git\//.exec(pathname)?.[1] ?? '');
    if (own !== undefined) {
      response.writeHead(own.status, { 'content-type': 'text/plain' }).end(own.words);
      return;
    }
    if (!authorized) {
      response.setHeader('www-authenticate', 'Basic realm="git"');
      answer(response, 401);
      return;
    }
    if (this.hang === 'push' && isPush) {
      request.resume();
      return;
    }
    if (this.refuseChunks && isPush && request.headers['transfer-encoding'] === 'chunked') {
      request.resume();
      answer(response, 411);
      return;
    }
    if (isPush) await this.beforePush?.();
    const forgets = isPush && this.forgetNextPush;
    if (forgets) this.forgetNextPush = false;
    const repository = new GitRepository(
      join(this.directory, pathname.slice(0, -'/git-receive-pack'.length)),
    );
    const before = forgets ? await repository.branches() : null;
    const reply = await this.#runBackend(request, pathname, searchParams.toString());
    if (before !== null) await repository.setBranches(before);
    if (isPush) {
      await this.afterPush?.();
      if (this.loseNextAnswer) {
        this.loseNextAnswer = false;
        response.destroy();
        return;
      }
    }
    const isOffer = this.hideShallow && request.method === 'GET';
    sendCgi(isOffer ? withoutShallow(reply) : reply, response);
  }

  #mayEnter(request: IncomingMessage): boolean {
    if (this.credential === null) return true;
    const { username, password } = this.credential;
    const expected = Buffer.from(`${username}:${password}`).toString('base64');
    return request.headers.authorization === `Basic ${expected}`;
  }

  /** Runs `git http-backend`, which uses CGI (RFC 3875). */
  #runBackend(request: IncomingMessage, path: string, query: string): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const backend = spawn(backendProgram(), [], {
        env: {
          ...gitEnvironment(this.directory),
          GIT_PROJECT_ROOT: this.directory,
          GIT_HTTP_EXPORT_ALL: '1',
          REQUEST_METHOD: request.method,
          PATH_INFO: decodeURIComponent(path),
          QUERY_STRING: query,
          CONTENT_TYPE: request.headers['content-type'] ?? '',
          GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
          REMOTE_USER: this.credential?.username ?? 'anybody',
          REMOTE_ADDR: '127.0.0.1',
        },
        stdio: ['pipe', 'pipe', 'ignore'],
      });
      const output: Buffer[] = [];
      backend.stdout.on('data', (chunk: Buffer) => output.push(chunk));
      backend.on('error', reject);
      backend.on('close', () => resolve(Buffer.concat(output)));
      backend.stdin.on('error', () => undefined);
      const body =
        request.headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()) : request;
      body.pipe(backend.stdin);
    });
  }
}

let backendPath: string | null = null;

/** The program `git http-backend`, started without git in between, which would double its processes. */
function backendProgram(): string {
  backendPath ??= join(execFileSync('git', ['--exec-path']).toString().trim(), 'git-http-backend');
  return backendPath;
}

function answer(response: ServerResponse, status: number): void {
  response.statusCode = status;
  response.end(`<html>${status}`);
}

/** Converts the CGI answer (headers and body) to HTTP. */
function sendCgi(reply: Buffer, response: ServerResponse): void {
  const end = reply.indexOf('\r\n\r\n');
  for (const line of reply.subarray(0, end).toString().split('\r\n')) {
    const [name = '', value = ''] = line.split(/: (.*)/s);
    if (name.toLowerCase() === 'status') response.statusCode = Number(value.split(' ')[0]);
    else if (name !== '') response.setHeader(name, value);
  }
  response.end(reply.subarray(end + 4));
}

/** The same offer with another word of the same length, which no client knows. */
function withoutShallow(reply: Buffer): Buffer {
  return Buffer.from(reply.toString('latin1').replaceAll('shallow', 'xhallow'), 'latin1');
}
