import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { AnswerUnknown } from '../http/unknown-routes.ts';
import { readPage } from './page.ts';

/** Paths that are no page: whoever asks for one that does not exist gets a problem document. */
const notPages = /^\/(?:v1|docs|assets|openapi\.json|healthz|readyz|metrics)(?:[/?]|$)/;

/**
 * Serves the console that was built in this directory: its files, which are named after their content, and its page for
 * every other address that a browser asks for, since the page itself knows the addresses of its pages.
 */
export async function addConsole(
  scope: FastifyInstance,
  directory: string,
  answerUnknown: AnswerUnknown,
): Promise<void> {
  const page = await readPage(directory);
  await scope.register(async (files) => {
    files.addHook('onRoute', (route) => {
      route.config = { ...route.config, role: 'public', rateLimit: false };
      route.logLevel = 'warn';
      route.schema = { ...route.schema, hide: true };
    });
    await files.register(fastifyStatic, {
      root: join(directory, 'assets'),
      prefix: '/assets/',
      index: false,
      decorateReply: false,
      preCompressed: true,
      // Instead of the API's `no-store`.
      cacheControl: false,
      setHeaders: (reply) => {
        void reply.header('cache-control', 'public, max-age=31536000, immutable');
      },
    });
    files.get('/*', async (request, reply) => {
      const wantsPage = (request.headers.accept ?? '').includes('text/html');
      if (!wantsPage || notPages.test(request.url)) {
        answerUnknown(request, reply);
        return reply;
      }
      const { html, policy } = page();
      return reply
        .headers({ 'content-security-policy': policy })
        .type('text/html; charset=utf-8')
        .send(html);
    });
  });
}
