import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Description } from '../review-hosts/description.ts';
import { createCompletion } from './completions.ts';

/** What a request said to the model. */
export interface Said {
  model: string;
  messages: { role: string; content: string }[];
}

/** What it answers: a text, a choice with more to it, or anything else that a server may do. */
export type Reply =
  | string
  | { choice: { finish_reason: string; message: object } }
  | { choices: [] }
  | { status: number; headers?: Record<string, string>; body?: string }
  /** No answer, bytes without end, or a connection that breaks in the middle. */
  | { fault: 'hang' | 'endless' | 'break' };

/** A stand-in for a server that speaks like OpenAI: it takes only the requests that OpenAI publishes, with its own key. */
export class ModelServer {
  /** Requests that the API does not have. Tests expect none. */
  readonly violations: string[] = [];
  readonly said: Said[] = [];
  reply: (said: Said) => Reply = () => 'Hello.';
  readonly #description = new Description([createCompletion]);
  readonly #server: Server;
  readonly #key: string;

  private constructor(key: string) {
    this.#key = key;
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        this.violations.push(String(error));
        response.writeHead(500).end();
      });
    });
  }

  static async start(key: string): Promise<ModelServer> {
    const server = new ModelServer(key);
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get address(): string {
    return `${this.origin}/v1`;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.origin);
    const chunks: Uint8Array[] = [];
    for await (const chunk of request as AsyncIterable<Uint8Array>) chunks.push(chunk);
    const said = JSON.parse(Buffer.concat(chunks).toString()) as Said;
    const path = url.pathname.replace(/^\/v1(?=\/)/, '');
    if (path === url.pathname) throw new Error(`There is no ${url.pathname}.`);
    const matched = this.#description.match(request.method ?? '', path, url.searchParams, said);
    if (request.headers['content-type'] !== 'application/json')
      throw new Error('Not sent as JSON.');
    if (request.headers.authorization !== `Bearer ${this.#key}`) {
      const message = `Incorrect API key provided: ${request.headers.authorization ?? 'none'}.`;
      const refused = { error: { message, type: 'invalid_request_error', param: null, code: 'invalid_api_key' } }; // prettier-ignore
      this.#description.checkAnswer(matched, 401, refused);
      response.writeHead(401, json).end(JSON.stringify(refused));
      return;
    }
    this.said.push(said);
    const reply = this.reply(said);
    if (typeof reply === 'object' && 'fault' in reply) misbehave(reply.fault, response);
    else if (typeof reply === 'object' && 'status' in reply)
      response.writeHead(reply.status, reply.headers).end(reply.body); // prettier-ignore
    else {
      const answer = completionOf(said.model, reply);
      this.#description.checkAnswer(matched, 200, answer);
      response.writeHead(200, json).end(JSON.stringify(answer));
    }
  }
}

const json = { 'content-type': 'application/json' };

function completionOf(
  model: string,
  reply: Exclude<Reply, { status: number } | { fault: string }>,
) {
  const text = typeof reply === 'string' ? reply : '';
  const message = { role: 'assistant', content: text, refusal: null };
  const plain = { finish_reason: 'stop', message };
  const choice = typeof reply === 'object' && 'choice' in reply ? reply.choice : plain;
  const choices =
    typeof reply === 'object' && 'choices' in reply
      ? []
      : [{ index: 0, logprobs: null, ...choice }];
  return { id: 'chatcmpl-1', object: 'chat.completion', created: 1_770_000_000, model, choices };
}

function misbehave(fault: 'hang' | 'endless' | 'break', response: ServerResponse): void {
  if (fault === 'endless') flood(response);
  if (fault === 'break')
    response
      .writeHead(200, { ...json, 'content-length': '9' })
      .write('{', () => response.destroy());
}

function flood(response: ServerResponse): void {
  const part = 'x'.repeat(65_536);
  response.writeHead(200, json);
  const more = () => {
    while (!response.destroyed && response.write(part));
  };
  response.on('drain', more);
  more();
}
