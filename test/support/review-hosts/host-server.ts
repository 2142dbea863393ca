import { once } from 'node:events';
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { GitServer } from '../../../examples/git-server/git-server.ts';
import type { HostDialect } from './host-dialect.ts';
import type { Account } from './pull.ts';

/** What goes wrong with each request for the API, if a test wants it: an answer, or nothing at all. */
export type Fault = { status: number; headers?: Record<string, string>; body: string } | 'hang';

/** The HTTP side of a stand-in: its API, and Git below the same origin, with the same credentials. */
export class HostServer {
  /** Requests and answers that the host's own description does not have. Tests expect none. */
  readonly violations: string[] = [];
  /** `METHOD path` of each request for the API. */
  readonly calls: string[] = [];
  /** How many requests for the API came with a credential that nobody has. */
  strangers = 0;
  fault: Fault | null = null;
  /** The account whose requests go wrong; `null`: everybody's. */
  faultOf: string | null = null;
  readonly #git: GitServer;
  readonly #accounts: ReadonlyMap<string, Account>;
  readonly #dialect: HostDialect;
  #server: Server | null = null;
  #port = 0;

  constructor(git: GitServer, accounts: ReadonlyMap<string, Account>, dialect: HostDialect) {
    this.#git = git;
    this.#accounts = accounts;
    this.#dialect = dialect;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Listens, again at the same port if it did before. */
  async comeBack(): Promise<void> {
    const server = createServer((request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        this.violations.push(String(error));
        response.writeHead(500).end(JSON.stringify({ message: String(error) }));
      });
    });
    server.listen(this.#port, '127.0.0.1');
    await once(server, 'listening');
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** Refuses connections from now on. */
  async goAway(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server === null) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { api } = this.#dialect;
    const by = this.#accounts.get(tokenOf(request.headers.authorization)) ?? null;
    const url = new URL(request.url ?? '/', this.origin);
    if (!url.pathname.startsWith(`${api}/`)) {
      if (by !== null) this.#passToGit(request, response);
      else response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
      return;
    }
    const method = request.method ?? '';
    const path = url.pathname.slice(api.length);
    this.calls.push(`${method} ${path}`);
    if (by === null) this.strangers += 1;
    const isMeant = this.faultOf === null || this.faultOf === by?.login;
    const fault = isMeant ? this.fault : null;
    if (fault === 'hang') return;
    if (fault !== null) {
      response.writeHead(fault.status, fault.headers).end(fault.body);
      return;
    }
    const text = await textOf(request);
    const body = text === '' ? undefined : (JSON.parse(text) as Record<string, string>);
    const matched = this.#dialect.description.match(method, path, url.searchParams, body);
    const { operation, parameters } = matched;
    const call = { method, operation: operation.path, parameters, query: url.searchParams };
    const [status, answer] =
      by === null
        ? [401, this.#dialect.stranger]
        : await this.#dialect.answer({ ...call, body: body ?? {}, by });
    if (answer !== undefined) this.#dialect.description.checkAnswer(matched, status, answer);
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
    response.end(answer === undefined ? undefined : JSON.stringify(answer));
  }

  #passToGit(request: IncomingMessage, response: ServerResponse): void {
    const headers = { ...request.headers };
    delete headers.authorization;
    const onward = httpRequest(
      new URL(request.url ?? '/', this.#git.url('any')),
      { method: request.method, headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  }
}

/** The token in any of the ways in which hosts take it: `Bearer`, `token`, or as the password of a user. */
function tokenOf(authorization = ''): string {
  const [scheme = '', value = ''] = authorization.split(' ');
  if (scheme.toLowerCase() !== 'basic') return value;
  return Buffer.from(value, 'base64')
    .toString()
    .replace(/^[^:]*:/, '');
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
