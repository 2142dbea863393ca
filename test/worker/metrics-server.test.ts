import { connect } from 'node:net';
import { once } from 'node:events';
import { afterAll, expect, test } from 'vitest';
import { admitting } from '../../telemetry/metrics/metrics-token.ts';
import { startMetricsServer } from '../../worker/metrics-server.ts';

const token = 'the-token-of-this-test';

const closing: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(closing.map((close) => close())));

async function server(own: string | null, text = () => Promise.resolve('up 1\n')) {
  const server = await startMetricsServer(
    {
      contentType: 'text/plain; version=0.0.4',
      text,
      hasToken: own !== null,
      admits: admitting(own),
    },
    { host: '127.0.0.1', port: 0 },
  );
  const { port } = server;
  closing.push(() => server.close());
  return {
    port,
    ask: (path = '/metrics', init: RequestInit = {}) =>
      fetch(`http://127.0.0.1:${port}${path}`, init),
  };
}

const bearer = (value: string) => ({ headers: { authorization: value } });

test('metrics are read with the token, and with nothing else', async () => {
  const { ask } = await server(token);
  const answer = await ask('/metrics', bearer(`Bearer ${token}`));
  expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
    200,
    'text/plain; version=0.0.4',
    'up 1\n',
  ]);
  for (const init of [
    {},
    bearer(token),
    bearer(`Basic ${token}`),
    bearer(`Bearer ${token}x`),
    bearer('Bearer '),
  ]) {
    const refused = await ask('/metrics', init);
    expect(refused.status).toBe(401);
    expect(refused.headers.get('www-authenticate')).toBe('Bearer');
    expect(await refused.text()).toContain('GITWARD_METRICS_TOKEN');
  }
});

test('without a token, whoever reaches it may read', async () => {
  const { ask } = await server(null);
  expect((await ask('/metrics?x=1')).status).toBe(200);
});

test('there is nothing else, and no other method', async () => {
  const { ask } = await server(null);
  for (const path of ['/', '/metrics/', '/metrics/../etc', '/healthz'])
    expect((await ask(path)).status).toBe(404);
  const posted = await ask('/metrics', { method: 'POST', body: 'x'.repeat(100_000) });
  expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET']);
});

test('a text that cannot be written is an error, and the next request is answered', async () => {
  let fails = true;
  const { ask } = await server(null, () =>
    fails ? Promise.reject(new Error('broken')) : Promise.resolve('up 1\n'),
  );
  expect((await ask()).status).toBe(500);
  fails = false;
  expect((await ask()).status).toBe(200);
});

test('endless headers are cut off', async () => {
  const { port } = await server(null);
  const socket = connect(port, '127.0.0.1');
  socket.write(`GET /metrics HTTP/1.1\r\nhost: x\r\nx: ${'x'.repeat(20_000)}\r\n`);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 431 /);
  socket.destroy();
});

test('a port that is taken is an error', async () => {
  const { port } = await server(null);
  await expect(
    startMetricsServer(
      {
        contentType: '',
        text: () => Promise.resolve(''),
        hasToken: false,
        admits: admitting(null),
      },
      { host: '127.0.0.1', port },
    ),
  ).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
