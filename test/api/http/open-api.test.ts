import { describe, expect, test } from 'vitest';
import { apiUnderTest } from '../api-under-test.ts';

const api = await apiUnderTest();
const { body, status } = await api.call('GET', '/openapi.json', undefined, null);

const expected = [
  'get /healthz',
  'get /readyz',
  'get /v1/overview',
  'get /v1/overview/stream',
  'get /v1/overview/trend',
  'get /v1/installation/health',
  'get /v1/live',
  'get /v1/find',
  'get /v1/platforms',
  'post /v1/projects',
  'post /v1/projects/actions/check',
  'post /v1/repositories/actions/check',
  'get /v1/projects',
  'get /v1/projects/{project}',
  'patch /v1/projects/{project}',
  'delete /v1/projects/{project}',
  'get /v1/projects/{project}/branches',
  'post /v1/projects/{project}/sample-changes',
  'put /v1/projects/{project}/mirrors/{branch}',
  'get /v1/projects/{project}/mirrors',
  'get /v1/projects/{project}/mirrors/{branch}',
  'delete /v1/projects/{project}/mirrors/{branch}',
  ...['refresh', 'retry', 'pause', 'resume', 'approve', 'verify'].map(
    (verb) => `post /v1/projects/{project}/mirrors/{branch}/actions/${verb}`,
  ),
  'get /v1/projects/{project}/mirrors/{branch}/commits',
  'get /v1/projects/{project}/mirrors/{branch}/secrets',
  'get /v1/projects/{project}/mirrors/{branch}/changes',
  'get /v1/projects/{project}/mirrors/{branch}/timeline',
  'get /v1/projects/{project}/mirrors/{branch}/stream',
  'get /v1/projects/{project}/mirrors/{branch}/verification',
  'get /v1/projects/{project}/mirrors/{branch}/health',
  'get /v1/projects/{project}/mirrors/{branch}/hold',
  'get /v1/projects/{project}/mirrors/{branch}/verification/file',
  ...[
    'tree',
    'file',
    'commits/{sha}',
    'objects/versions',
    'objects/comparison',
    'lineage',
    'contents',
    'runs',
    'sample',
    'search',
  ].map((part) => `get /v1/projects/{project}/mirrors/{branch}/${part}`),
  'post /v1/projects/{project}/mirrors/preview',
  'post /v1/projects/{project}/mirrors/{branch}/preview',
  'post /v1/events',
  'get /v1/notices',
  'get /v1/notice-channels',
  'post /v1/notice-channels',
  'patch /v1/notice-channels/{channel}',
  'delete /v1/notice-channels/{channel}',
  'post /v1/notice-channels/{channel}/actions/test',
  'post /v1/credentials',
  'get /v1/credentials',
  'post /v1/credentials/{credential}/actions/test',
  'put /v1/credentials/{credential}/secret',
  'put /v1/credentials/{credential}/signing-key',
  'delete /v1/credentials/{credential}/signing-key',
  'delete /v1/credentials/{credential}',
  'post /v1/tokens',
  'get /v1/tokens',
  'delete /v1/tokens/{token}',
  ...['get', 'put', 'delete'].map((method) => `${method} /v1/me/host-tokens`),
  ...['get', 'post'].map((method) => `${method} /v1/people`),
  ...['get', 'patch'].map((method) => `${method} /v1/people/{person}`),
  'get /v1/sign-in',
  ...['get', 'put', 'delete'].map((method) => `${method} /v1/settings/open-id-connect`),
  'get /v1/sign-in/open-id-connect',
  'get /v1/sign-in/open-id-connect/callback',
  'post /v1/sign-in/open-id-connect/back-channel-logout',
  'post /v1/sign-in-links',
  ...['post', 'get', 'delete'].map((method) => `${method} /v1/session`),
  'get /v1/sessions',
  'delete /v1/sessions/{session}',
  'get /v1/audit',
  'post /v1/webhooks/{space}',
  'post /v1/spaces',
  'get /v1/spaces',
  'get /v1/spaces/{space}/stream',
  'get /v1/spaces/{space}/secrets',
  ...['get', 'patch', 'delete'].map((method) => `${method} /v1/spaces/{space}`),
  ...['refresh', 'retry', 'pause', 'resume', 'approve', 'accept-kinds', 'accept-rules'].map(
    (verb) => `post /v1/spaces/{space}/actions/${verb}`,
  ),
  ...['export', 'sync', 'import'].map((verb) => `post /v1/spaces/{space}/actions/${verb}`),
  'get /v1/spaces/{space}/review-rules',
  'get /v1/spaces/{space}/operations',
  'get /v1/spaces/{space}/operations/{operation}',
  'get /v1/spaces/{space}/operations/{operation}/stream',
  'post /v1/spaces/{space}/operations/{operation}/actions/cancel',
  ...['rendered', 'versions', 'diff', 'blame', 'sync-logs'].map(
    (part) => `get /v1/spaces/{space}/entries/{entry}/${part}`,
  ),
  'get /v1/spaces/{space}/entries/{entry}/editors',
  'post /v1/spaces/{space}/entries/{entry}/actions/move',
  'post /v1/spaces/{space}/entries/{entry}/actions/restore',
  'get /v1/spaces/{space}/changes',
  'get /v1/spaces/{space}/commits',
  'get /v1/spaces/{space}/webhook',
  'get /v1/spaces/{space}/entries',
  'post /v1/spaces/{space}/entries',
  'get /v1/spaces/{space}/entries/{entry}',
  'put /v1/spaces/{space}/entries/{entry}',
  'delete /v1/spaces/{space}/entries/{entry}',
  'get /v1/spaces/{space}/change-sets',
  'post /v1/spaces/{space}/change-sets',
  'get /v1/spaces/{space}/change-sets/{changeSet}',
  'patch /v1/spaces/{space}/change-sets/{changeSet}',
  'delete /v1/spaces/{space}/change-sets/{changeSet}',
  'post /v1/spaces/{space}/change-sets/{changeSet}/actions/publish',
  'get /v1/spaces/{space}/drafts',
  'get /v1/spaces/{space}/drafts/{draft}',
  'put /v1/spaces/{space}/drafts/{draft}',
  'delete /v1/spaces/{space}/drafts/{draft}',
  'post /v1/spaces/{space}/drafts/{draft}/actions/publish',
  'post /v1/spaces/{space}/drafts/{draft}/actions/update',
  'get /v1/spaces/{space}/environments',
  'get /v1/spaces/{space}/environments/{environment}',
  'get /v1/spaces/{space}/environments/{environment}/earlier',
  ...['promote', 'rollback'].map(
    (verb) => `post /v1/spaces/{space}/environments/{environment}/actions/${verb}`,
  ),
  'get /v1/spaces/{space}/prompts/{prompt}',
  'get /v1/spaces/{space}/prompts/{prompt}/variables',
  'post /v1/spaces/{space}/prompts/{prompt}/render',
  ...['get', 'post'].map((method) => `${method} /v1/spaces/{space}/prompts/{prompt}/scores`),
  ...['get', 'post'].map((method) => `${method} /v1/spaces/{space}/prompts/{prompt}/checks`),
  'get /v1/spaces/{space}/prompts/{prompt}/checks/{check}',
  'post /v1/spaces/{space}/prompts/{prompt}/checks/{check}/actions/judge',
  'get /v1/spaces/{space}/templates/{template}/variables',
  'post /v1/spaces/{space}/templates/{template}/fill',
  'get /v1/spaces/{space}/reviews',
  'get /v1/spaces/{space}/reviews/{review}',
  ...['approve', 'request-changes', 'withdraw', 'dismiss', 'merge', 'close'].map(
    (verb) => `post /v1/spaces/{space}/reviews/{review}/actions/${verb}`,
  ),
  'get /v1/spaces/{space}/conflicts',
  'post /v1/spaces/{space}/conflicts/actions/settle',
  'get /v1/spaces/{space}/conflicts/{conflict}',
  'post /v1/spaces/{space}/conflicts/{conflict}/actions/settle',
];

/** A webhook is signed: its host has no token. Nobody who signs in has one yet. */
const isPublic = [
  'post /v1/webhooks/{space}',
  'post /v1/session',
  'get /v1/sign-in',
  'get /v1/sign-in/open-id-connect',
  'get /v1/sign-in/open-id-connect/callback',
  'post /v1/sign-in/open-id-connect/back-channel-logout',
];

type Operation = Record<string, unknown> & { responses: Record<string, unknown> };
const operations = Object.entries(body.paths as Record<string, Record<string, Operation>>).flatMap(
  ([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

describe('the OpenAPI description', () => {
  test('names exactly the routes of the design', () => {
    expect(status).toBe(200);
    expect(body).toMatchObject({ openapi: '3.1.0', info: { title: 'Gitward' } });
    expect(operations.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(
      [...expected].sort(),
    );
  });

  test('describes for each route what it does, takes and answers, and who may call it', () => {
    for (const { path, method, operation } of operations) {
      const name = `${method} ${path}`;
      expect(operation.summary, name).toEqual(expect.any(String));
      expect(operation.tags, name).toHaveLength(1);
      const parameters = (operation.parameters ?? []) as { name: string; in: string }[];
      for (const [, parameter] of path.matchAll(/\{(\w+)\}/g))
        expect(parameters, name).toContainEqual(
          expect.objectContaining({ name: parameter, in: 'path', required: true }),
        );
      expect(
        Object.keys(operation.responses).some((code) => /^[23]/.test(code)),
        name,
      ).toBe(true);
      if (path.startsWith('/v1/')) {
        expect(Object.keys(operation.responses), name).toEqual(
          expect.arrayContaining(['500', '503']),
        );
        expect(Object.keys(operation.responses), name).not.toContainEqual(
          expect.stringMatching(/\D/),
        );
        const callers: object[] = [{ token: [] }, { session: [] }];
        // It tells whether anybody is signed in.
        if (name === 'get /v1/session') callers.push({});
        const security = isPublic.includes(name) ? [] : callers;
        expect(operation.security ?? body.security, name).toEqual(security);
      }
      if (method === 'put' || method === 'patch') expect(operation.requestBody).toBeDefined();
    }
  });

  test('is shown as a page that runs only its own scripts', async () => {
    const page = await api.app.inject({ url: '/docs/' });
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-type']).toContain('text/html');
    const policy = String(page.headers['content-security-policy']);
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toMatch(/https?:|[a-z]\.[a-z]/);
    expect(page.headers['x-content-type-options']).toBe('nosniff');
  });
});
