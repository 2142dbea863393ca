import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import { shareProblems, withProblems } from './documented-answers.ts';

/** How the API is described: what all routes share, and how each route's schema becomes part of it. */
export function describing(version: string): FastifyDynamicSwaggerOptions {
  return {
    openapi: openApiDescription(version),
    transform: ({ url, route }) => ({ url, schema: withProblems(route) }),
    transformObject: (described) =>
      'openapiObject' in described
        ? shareProblems(described.openapiObject)
        : described.swaggerObject,
  };
}

/** The OpenAPI description without the routes, which describe themselves. */
function openApiDescription(version: string): NonNullable<FastifyDynamicSwaggerOptions['openapi']> {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Gitward',
      version,
      description:
        'Keeps Git and a data platform in step: every change of a project becomes a commit in a repository ' +
        'that you own. Errors are `application/problem+json` (RFC 9457) with a stable `code`. Each operation lists the statuses ' +
        'that it answers with. What cannot be read as a request at all gets 400 or 408, another method 405 with `Allow`.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A token: `gw_…`.' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'gitward',
          description:
            'The session of a browser (POST /v1/session). Requests that change something also need the header `x-csrf-token`. ' +
            'Where the address is https, the cookie is called `__Host-gitward`.',
        },
      },
    },
    security: [{ token: [] }, { session: [] }],
    tags: [
      { name: 'projects', description: 'Platform projects: where changes come from' },
      { name: 'mirrors', description: "Copies of a project's branches in Git repositories" },
      { name: 'reading', description: "What a mirror's repository contains, now and earlier" },
      {
        name: 'operations',
        description: 'Bulk operations on a knowledge space: export, sync and import',
      },
      { name: 'history', description: "Versions of a knowledge space's entries" },
      { name: 'webhooks', description: "Where the hosts of spaces' repositories report pushes" },
      { name: 'events', description: 'Where a platform reports changes' },
      { name: 'credentials', description: 'Secrets that give access to repositories; write-only' },
      { name: 'notices', description: 'Who is told of outages, and how' },
      { name: 'tokens', description: 'Who may call this API' },
      { name: 'people', description: 'Who signs in as themselves' },
      { name: 'signing in', description: 'Sessions of browsers' },
      { name: 'audit', description: 'Who did what' },
      { name: 'health', description: 'For whoever runs Gitward' },
    ],
  };
}
