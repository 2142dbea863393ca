import { describe, expect, test } from 'vitest';
import { LogSampling } from '../../../telemetry/log-sampling.ts';
import { adminToken, apiUnderTest, configChanged, withMirror } from '../api-under-test.ts';

const api = await apiUnderTest();

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const publisher = `00-${traceId}-00f067aa0ba902b7-01`;
const other = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00';

function stored(of: typeof api, projectId: string) {
  return of.db
    .selectFrom('changeEvents')
    .select(['traceparent', 'loggedOneIn'])
    .where('projectId', '=', projectId)
    .orderBy('sequence')
    .execute();
}

function lines(of: typeof api): Record<string, unknown>[] {
  return of
    .log()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

async function send(of: typeof api, events: unknown, traceparent?: string): Promise<unknown> {
  const { statusCode, body } = await of.app.inject({
    method: 'POST',
    url: '/v1/events',
    headers: {
      ...{ authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
      ...(traceparent === undefined ? {} : { traceparent }),
    },
    body: JSON.stringify(events),
  });
  return { statusCode, ...(JSON.parse(body) as object) };
}

describe("a publisher's trace", () => {
  test('is kept with each change: that of the event, or else that of the request', async () => {
    await withMirror(api, 'traced');
    const events = [
      configChanged('traced', 'a', 1, { traceparent: publisher }),
      configChanged('traced', 'b', 1),
    ];
    expect(await send(api, events, other)).toMatchObject({ statusCode: 202, accepted: 2 });
    expect((await stored(api, 'traced')).map((row) => row.traceparent)).toEqual([publisher, other]);
  });

  test.each([
    ['a number', 42],
    ['null', null],
    ['an object', { traceparent: publisher }],
    ['not of the grammar', `${publisher}-00`],
    ['of no trace', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`],
    ['full of bytes that no database stores', 'a\u0000b'],
    ['enormous', 'f'.repeat(100_000)],
  ])('is ignored, and never an error, if it is %s', async (what, traceparent) => {
    const project = `odd-${what.replaceAll(' ', '-').toLowerCase()}`;
    await withMirror(api, project);
    const event = configChanged(project, 'a', 1, { traceparent });
    expect(await send(api, event, 'nonsense')).toMatchObject({ statusCode: 202, accepted: 1 });
    expect((await stored(api, project)).map((row) => row.traceparent)).toEqual([null]);
  });
});

describe('the log of accepted changes', () => {
  test('names the event, the mirror and the trace, once', async () => {
    await withMirror(api, 'told');
    const event = configChanged('told', 'a', 3, { traceparent: publisher });
    await send(api, event);
    await send(api, event);
    const told = lines(api).filter(
      ({ msg, project_id }) => msg === 'Accepted' && project_id === 'told',
    );
    expect(told).toMatchObject([
      {
        event_id: expect.stringMatching(/^told-1-.*a@3$/),
        ...{ branch_id: '1', trace_id: traceId, sample_rate: 1 },
      },
    ]);
  });

  test('tells one in ten, and all changes of a trace or none', async () => {
    const sampled = await apiUnderTest({
      sampling: new LogSampling(10, () => Promise.resolve(0)),
    });
    await withMirror(sampled, 'sampled');
    const events = Array.from({ length: 1_000 }, (_, index) =>
      configChanged('sampled', `c${index}`, 1, index < 500 ? {} : { traceparent: publisher }),
    );
    await send(sampled, events);
    const rates = (await stored(sampled, 'sampled')).map((row) => row.loggedOneIn);
    const alone = rates.slice(0, 500).filter((rate) => rate === 10).length;
    expect(alone).toBeGreaterThan(25);
    expect(alone).toBeLessThan(75);
    expect(new Set(rates.slice(500)).size).toBe(1);
    const told = lines(sampled).filter(({ msg }) => msg === 'Accepted');
    expect(told).toHaveLength(rates.filter((rate) => rate !== null).length);
    expect(new Set(told.map(({ sample_rate }) => sample_rate))).toEqual(new Set([10]));
  });
});

describe('the log of requests', () => {
  test('leaves out most that succeed, and nothing that fails', async () => {
    const quiet = await apiUnderTest({
      sampling: new LogSampling(999_999_999, () => Promise.resolve(0)),
    });
    await quiet.app.inject({ method: 'GET', url: '/openapi.json' });
    expect(lines(quiet).filter(({ req }) => req !== undefined)).toEqual([]);
    await quiet.app.inject({ method: 'GET', url: '/v1/nothing?token=hush' });
    expect(lines(quiet).filter(({ req }) => req !== undefined)).toMatchObject([
      {
        msg: 'request completed',
        req: { url: '/v1/nothing?token=[secret]' },
        res: { statusCode: 404 },
      },
    ]);
  });

  test('has both lines of a request, with its trace and how many it stands for', async () => {
    const { headers } = await api.app.inject({
      ...{ method: 'GET', url: '/openapi.json', headers: { traceparent: publisher } },
    });
    const both = lines(api).filter(({ reqId }) => reqId === headers['x-request-id']);
    expect(both).toMatchObject([
      { msg: 'incoming request', trace_id: traceId, sample_rate: 1 },
      { msg: 'request completed', trace_id: traceId, sample_rate: 1 },
    ]);
  });
});
