import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A message as it was posted. */
export interface PostedMessage {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Stand-ins for the incoming webhooks of Slack, Microsoft Teams and a program of one's own, each at a path of its own. */
export interface NoticeHooks {
  slack: string;
  teams: string;
  webhook: string;
  /** What was taken. */
  messages: PostedMessage[];
  /** How many requests there were, taken or not. */
  requests: number;
  /** Answers so instead: a status with its body and headers, or never. */
  answer: [status: number, body: string, headers?: Record<string, string>] | 'never' | null;
  close(): Promise<void>;
}

/** Starts the stand-ins on loopback. Close them after use. */
export async function startNoticeHooks(): Promise<NoticeHooks> {
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      hooks.requests += 1;
      if (hooks.answer === 'never') return;
      const path = request.url ?? '';
      const [status, words, headers = {}] = hooks.answer ?? taken(path, body);
      if (status < 300) hooks.messages.push({ path, headers: request.headers, body });
      response.writeHead(status, headers).end(words);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const hooks: NoticeHooks = {
    slack: `${url}/services/T000/B000/the-secret-of-slack`,
    teams: `${url}/workflows/triggers/manual/paths/invoke?sig=the-secret-of-teams`,
    webhook: `${url}/hooks/the-secret-path`,
    messages: [],
    requests: 0,
    answer: null,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close').catch(() => undefined);
    },
  };
  return hooks;
}

/** What the real ones answer to a message, as far as their documentation says what they take. */
function taken(path: string, body: string): [status: number, words: string] {
  const message = JSON.parse(body) as Record<string, unknown>;
  if (path.startsWith('/services/'))
    return isOfSlack(message) ? [200, 'ok'] : [400, 'invalid_blocks'];
  if (path.startsWith('/workflows/')) return isOfTeams(message) ? [202, ''] : [400, 'BadRequest'];
  return [204, ''];
}

function isOfSlack({ text: fallback, blocks }: Record<string, unknown>): boolean {
  if (typeof fallback !== 'string' || !Array.isArray(blocks)) return false;
  return blocks.every((block: { type: string; text: { type: string; text: string } }) => {
    const most = { header: 150, section: 3_000 }[block.type] ?? 0;
    return block.text.text.length > 0 && block.text.text.length <= most;
  });
}

function isOfTeams({ type, attachments }: Record<string, unknown>): boolean {
  if (type !== 'message' || !Array.isArray(attachments) || attachments.length !== 1) return false;
  const [{ contentType, content }] = attachments as [
    { contentType: string; content: { type: string; body: { type: string }[] } },
  ];
  return (
    contentType === 'application/vnd.microsoft.card.adaptive' &&
    content.type === 'AdaptiveCard' &&
    content.body.every((part) => part.type === 'RichTextBlock')
  );
}
