import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { MirrorPreview, PreviewRequest } from '../../../api/http/ports.ts';
import type { ChangePreview, ChangeRequest } from '../../../model/mirror/change-preview.ts';
import { removeCredential } from '../../../db/streams/credentials.ts';
import { putProgress, removeProgress } from '../../../db/streams/progress.ts';
import { recordFailure } from '../../../db/streams/outages.ts';
import { StreamFailure } from '../../../model/streams/errors.ts';
import { adminToken, apiUnderTest, configChanged, withMirror } from '../api-under-test.ts';

const previewed: PreviewRequest[] = [];
const preview: MirrorPreview = {
  repository: {
    reachable: true,
    failure: null,
    empty: true,
    tip: null,
    pushAllowed: true,
    pushReason: '',
    branchProtected: null,
    visibility: 'unknown',
    visibilityReason: 'Nobody can say.',
  },
  contents: {
    objects: { count: 1, first: [{ kind: 'ex-db', word: 'extractor', count: 2 }] },
    tables: 4,
  },
  commit: {
    ...{ files: 3, bytes: 300, unchanged: 0 },
    adds: { count: 3, first: ['a.json', 'b.json', 'c.json'] },
    replaces: { count: 0, first: [] },
    removes: { count: 0, first: [] },
  },
  adoptionNeeded: false,
  replacedSecrets: { count: 0, first: [] },
  secretsInText: { count: 0, first: [] },
  warnings: { count: 0, first: [] },
};
const changes: ChangeRequest[] = [];
const unchanged: ChangePreview = {
  ...{ resync: null, moves: false, repository: null, commit: null, sampledTables: 0 },
  adoptionNeeded: null,
  warnings: { count: 0, first: [] },
};
const api = await apiUnderTest({
  previewChange: (request) => {
    changes.push(request);
    return Promise.resolve(unchanged);
  },
  previewMirror: async (request, { signal }) => {
    previewed.push(request);
    // A preview takes longer than reading the body of its request.
    await sleep(50, undefined, { signal });
    return preview;
  },
});
const repository = { url: 'https://git.example/team.git', branch: 'main' };

async function listening(): Promise<string> {
  if (!api.app.server.listening) await api.app.listen({ host: '127.0.0.1', port: 0 });
  return api.app.listeningOrigin;
}

async function addProject(id: string): Promise<void> {
  const { status } = await api.call('POST', '/v1/projects', { id, source: { kind: 'sample' } });
  expect(status).toBe(201);
}

/** A project whose mirrors own the folder `configs`. */
async function addKeboolaProject(id: string): Promise<void> {
  api.source.projectId = id;
  const source = { kind: 'keboola', url: 'https://connection.example', token: 'a-secret' };
  const { status } = await api.call('POST', '/v1/projects', { id, source });
  api.source.projectId = null;
  expect(status).toBe(201);
}

async function rowOf(projectId: string, branchId = '1') {
  return api.db
    .selectFrom('mirrors')
    .selectAll()
    .where('projectId', '=', projectId)
    .where('branchId', '=', branchId)
    .executeTakeFirstOrThrow();
}

/** Marks the mirror as the worker does after a first commit. */
async function markDelivered(projectId: string): Promise<void> {
  await api.db
    .updateTable('mirrors')
    .set({
      deliveredSha: 'a'.repeat(40),
      deliveredAt: new Date('2026-03-01T10:00:00Z'),
      initializedAt: new Date(),
      resyncReason: null,
    })
    .where('projectId', '=', projectId)
    .execute();
}

describe('enabling a mirror', () => {
  test('stores the id for `default`, uses defaults for everything else, and signals the workflow', async () => {
    await addProject('enable');
    api.told.length = 0;
    const url = '/v1/projects/enable/mirrors/default';
    const { status, body } = await api.call('PUT', url, { repository });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      branchId: '1',
      state: 'initializing',
      pendingChanges: 0,
      lastCommit: null,
      outage: null,
      repository: { ...repository, subdirectory: '', credentialId: null },
      secrets: 'encrypted',
      samples: { enabled: false, rows: 100, formats: ['csv'] },
      jobs: { enabled: true, retainDays: 90, include: 'all', backfillDays: 7 },
      storage: { volatile: false },
      branchPath: 'name',
      notify: { emails: [] },
      replacedSecrets: { count: 0, paths: [] },
      resyncReason: 'initial',
    });
    expect(api.told).toEqual([
      'mirrorChanged mirror/enable/1',
      'retryNow mirror/enable/1',
      'ensureSchedules enable',
    ]);
    expect((await api.call('GET', '/v1/projects/enable/mirrors/1')).body).toEqual(body);
  });

  test('shows how far long work is, and nothing once it is over', async () => {
    await addProject('progress');
    const url = '/v1/projects/progress/mirrors/1';
    const place = { repository: { ...repository, subdirectory: 'progress' } };
    expect((await api.call('PUT', url, place)).body.progress).toBeNull();
    const since = '2026-11-01T10:00:00.000Z';
    const run = {
      stream: 'mirror/progress/1',
      work: 'delivery',
      startedAt: new Date(since),
    } as const;
    const progress = { step: 'Rendering the project', done: 1_240, total: 10_000 };
    await putProgress(api.db, run, progress);
    expect((await api.call('GET', url)).body.progress).toEqual({ ...progress, since });
    const list = await api.call('GET', '/v1/projects/progress/mirrors');
    expect(list.body.items).toMatchObject([{ progress: { ...progress, since } }]);
    await removeProgress(api.db, run);
    expect((await api.call('GET', url)).body.progress).toBeNull();
  });

  test('does not show notices other than mails that an older policy contains', async () => {
    await addProject('older-policy');
    const url = '/v1/projects/older-policy/mirrors/1';
    const place = { repository: { ...repository, subdirectory: 'older-policy' } };
    await api.call('PUT', url, place);
    const notify = {
      emails: ['ops@example.com'],
      slackWebhook: null,
      webhook: 'https://h.example',
    };
    const policy = JSON.stringify({ ...(await rowOf('older-policy')).policy, notify });
    const older = api.db.updateTable('mirrors').set({ policy });
    await older.where('projectId', '=', 'older-policy').execute();
    const { status, body } = await api.call('GET', url);
    expect([status, body.notify]).toEqual([200, { emails: ['ops@example.com'], channels: [] }]);
    expect((await api.call('PUT', url, place)).body.notify).toEqual({ emails: [], channels: [] });
    expect((await rowOf('older-policy')).policy.notify).toEqual({ emails: [], channels: [] });
    const again = await api.call('PUT', url, { ...place, notify });
    expect(again.body.errors).toEqual([
      { pointer: '/notify/slackWebhook', message: 'is not a known field' },
      { pointer: '/notify/webhook', message: 'is not a known field' },
    ]);
  });

  test('does not need the source for `default` once it is known, so an outage of the source does not matter', async () => {
    await addProject('default-known');
    const url = '/v1/projects/default-known/mirrors/default';
    const place = { repository: { ...repository, subdirectory: 'default-known' } };
    await api.call('PUT', url, place);
    api.source.failure = new StreamFailure('source_unreachable', 'The source is away.');
    const seen = await api.call('GET', url);
    const paused = await api.call('POST', `${url}/actions/pause`);
    const again = await api.call('PUT', url, place);
    api.source.failure = null;
    expect([seen.status, paused.status, again.status]).toEqual([200, 200, 200]);
  });

  test('again after it was ended does not continue the old outage', async () => {
    await withMirror(api, 'began-again');
    const now = new Date().toISOString();
    await recordFailure(api.db, {
      stream: 'mirror/began-again/1',
      lane: 'repository',
      attemptStartedAt: '2026-01-01T00:00:00Z',
      nextAttemptAt: now,
      code: 'repository_not_found',
      message: 'There is no such repository.',
    });
    const url = '/v1/projects/began-again/mirrors/1';
    expect((await api.call('GET', url)).body.state).toBe('retrying');
    const place = { repository: { ...repository, subdirectory: 'began-again' } };
    expect((await api.call('PUT', url, place)).body.state).toBe('retrying');
    await api.call('DELETE', url);
    expect((await api.call('PUT', url, place)).body).toMatchObject({
      state: 'initializing',
      outage: null,
    });
  });

  test('is refused, not left without a credential, if its credential is deleted at the same time', async () => {
    const { body: credential } = await api.call('POST', '/v1/credentials', {
      name: 'going',
      origin: repository.url,
      token: 'x-secret',
    });
    await withMirror(api, 'going');
    const url = '/v1/projects/going/mirrors/1';
    const credentialId = String(credential.id);
    const place = { repository: { ...repository, subdirectory: 'going', credentialId } };
    await api.call('PUT', url, place);
    await api.call('DELETE', url);
    const { enabled } = await api.db.transaction().execute(async (transaction) => {
      await removeCredential(transaction, credentialId);
      const asked = api.call('PUT', url, place);
      await sleep(300);
      return { enabled: asked };
    });
    expect(await enabled).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/repository/credentialId' }] },
    });
  });

  test('works while Temporal is unreachable', async () => {
    await addProject('enable-away');
    api.temporal.away = true;
    const { status } = await api.call('PUT', '/v1/projects/enable-away/mirrors/1', {
      repository: { ...repository, subdirectory: 'away' },
    });
    const seen = await api.call('GET', '/v1/projects/enable-away/mirrors/1');
    const sync = await api.call('POST', '/v1/projects/enable-away/mirrors/1/actions/refresh');
    api.temporal.away = false;
    expect([status, seen.status]).toEqual([201, 200]);
    expect(sync.body).toMatchObject({ status: 503, code: 'temporal_unavailable' });
  });

  test.each([
    ['/repository/url', { url: 'https://private.example/x.git' }],
    ['/repository/branch', { branch: 'a..b' }],
    ['/repository/subdirectory', { subdirectory: 'a/../b' }],
    ['/repository/credentialId', { credentialId: randomUUID() }],
  ])('is refused with a bad %s, which is named', async (pointer, part) => {
    await api.call('POST', '/v1/projects', { id: 'bad', source: { kind: 'sample' } });
    const { status, body } = await api.call('PUT', '/v1/projects/bad/mirrors/1', {
      repository: { ...repository, ...part },
    });
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ pointer }]);
  });

  test('is refused with bad e-mail addresses, an unknown branch or an unknown project', async () => {
    await addProject('bad-2');
    const url = '/v1/projects/bad-2/mirrors';
    const emails = { repository, notify: { emails: ['nobody'] } };
    expect((await api.call('PUT', `${url}/1`, emails)).body.errors).toMatchObject([
      { pointer: '/notify/emails/0' },
    ]);
    expect((await api.call('PUT', `${url}/77`, { repository })).body.code).toBe('branch_not_found');
    expect((await api.call('PUT', '/v1/projects/none/mirrors/1', { repository })).body.code).toBe(
      'project_not_found',
    );
  });

  test('is refused at the same place under another spelling', async () => {
    for (const id of ['spelled-1', 'spelled-2']) await addKeboolaProject(id);
    const at = (url: string, subdirectory: string) => ({
      repository: { url, branch: 'main', subdirectory },
    });
    const first = at('https://git.example/spelled.git', 'Team/Caf\u00e9');
    expect((await api.call('PUT', '/v1/projects/spelled-1/mirrors/1', first)).status).toBe(201);
    for (const [url, folder] of [
      ['https://git.example/spelled.git', 'team/caf\u00e9'],
      ['https://git.example/spelled.git/', 'Team/Cafe\u0301'],
      ['https://GIT.example/spelled', 'Team/Caf\u00e9'],
      ['https://git.example//sp%65lled.git', 'team'],
    ] as const) {
      const refused = await api.call('PUT', '/v1/projects/spelled-2/mirrors/1', at(url, folder));
      const code = folder === 'team' ? undefined : 'place_taken';
      expect([url, folder, refused.body.code]).toEqual([url, folder, code]);
    }
  });

  test.each(['shared', 'shared/configs/inner'])(
    'is refused at a place that another mirror writes to: %s',
    async (subdirectory) => {
      const id = subdirectory.replaceAll('/', '-');
      await addKeboolaProject(`first-${id}`);
      await addKeboolaProject(`second-${id}`);
      const place = { url: `https://git.example/${id}.git`, branch: 'main' };
      const first = { repository: { ...place, subdirectory: 'shared' } };
      const second = { repository: { ...place, subdirectory } };
      expect((await api.call('PUT', `/v1/projects/first-${id}/mirrors/1`, first)).status).toBe(201);
      const refused = await api.call('PUT', `/v1/projects/second-${id}/mirrors/1`, second);
      expect(refused.body).toMatchObject({ status: 409, code: 'place_taken' });
      await api.call('DELETE', `/v1/projects/first-${id}/mirrors/1`);
      const free = await api.call('PUT', `/v1/projects/second-${id}/mirrors/1`, second);
      expect(free.status).toBe(201);
    },
  );

  test('succeeds for only one of two simultaneous requests if one place is inside the other', async () => {
    await addKeboolaProject('race-a');
    await addKeboolaProject('race-b');
    for (let round = 0; round < 10; round++) {
      const places = [`race-${round}`, `race-${round}/configs/inner`];
      const answers = await Promise.all(
        ['race-a', 'race-b'].map((id, index) =>
          api.call('PUT', `/v1/projects/${id}/mirrors/1`, {
            repository: { ...repository, subdirectory: places[index] },
          }),
        ),
      );
      const statuses = answers.map(({ status }) => status);
      expect(statuses.filter((status) => status < 300)).toHaveLength(1);
      expect(statuses).toContain(409);
    }
  });
});

describe('replacing a mirror', () => {
  test('with the same settings or other mails renders nothing again; another policy does', async () => {
    await withMirror(api, 'same');
    await markDelivered('same');
    const url = '/v1/projects/same/mirrors/1';
    const body = {
      repository: { url: 'https://git.example/mirror.git', branch: 'main', subdirectory: 'same' },
    };
    expect((await api.call('PUT', url, body)).body).toMatchObject({
      resyncReason: null,
      state: 'synced',
    });
    const mails = { ...body, notify: { emails: ['ops@example.com'] } };
    expect((await api.call('PUT', url, mails)).body.resyncReason).toBeNull();
    const { generation } = await rowOf('same');
    const policy = { ...body, secrets: 'omitted' };
    expect((await api.call('PUT', url, policy)).body).toMatchObject({
      resyncReason: 'policy',
      state: 'syncing',
      lastCommit: { sha: 'a'.repeat(40), committedAt: '2026-03-01T10:00:00.000Z' },
    });
    expect((await rowOf('same')).generation).toBeGreaterThan(generation);
  });

  test('at another place starts from scratch', async () => {
    await withMirror(api, 'moved');
    await markDelivered('moved');
    const { status, body } = await api.call('PUT', '/v1/projects/moved/mirrors/1', {
      repository: { url: 'https://git.example/other.git', branch: 'main' },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      resyncReason: 'initial',
      state: 'initializing',
      lastCommit: null,
    });
  });

  test('with `adopt`, or approving later, lets the next render overwrite existing files', async () => {
    await addProject('adopt');
    const body = { repository: { ...repository, subdirectory: 'adopt' } };
    const url = '/v1/projects/adopt/mirrors/1';
    expect((await api.call('PUT', url, { ...body, adopt: true })).body.resyncReason).toBe('adopt');
    // Another policy before the first commit does not withdraw the permission.
    expect((await api.call('PUT', url, { ...body, secrets: 'omitted' })).body.resyncReason).toBe(
      'adopt',
    );
    await withMirror(api, 'approve');
    expect(
      (await api.call('POST', '/v1/projects/approve/mirrors/1/actions/approve')).body,
    ).toMatchObject({
      resyncReason: 'adopt',
    });
    expect(api.told).toEqual(['mirrorChanged mirror/approve/1']);
  });
});

describe('a mirror', () => {
  test('can be paused, resumed, synced and retried', async () => {
    await withMirror(api, 'run');
    await markDelivered('run');
    const url = '/v1/projects/run/mirrors/1';
    expect((await api.call('POST', `${url}/actions/refresh`)).status).toBe(202);
    expect((await api.call('POST', `${url}/actions/retry`)).status).toBe(202);
    expect((await api.call('POST', `${url}/actions/pause`)).body.state).toBe('paused');
    expect((await api.call('POST', `${url}/actions/refresh`)).body.code).toBe('mirror_paused');
    await api.call('POST', '/v1/events', configChanged('run', 'a'));
    expect((await api.call('POST', `${url}/actions/resume`)).body).toMatchObject({
      state: 'pending',
      pendingChanges: 1,
    });
    expect(api.told).toEqual([
      'syncNow mirror/run/1',
      'retryNow mirror/run/1',
      'mirrorChanged mirror/run/1',
      'doorbell mirror/run/1',
      'mirrorChanged mirror/run/1',
    ]);
  });

  test('that has ended can only be viewed and enabled again', async () => {
    await withMirror(api, 'end');
    await markDelivered('end');
    const url = '/v1/projects/end/mirrors/1';
    expect((await api.call('DELETE', url)).body.state).toBe('ended');
    expect(api.told).toEqual(['mirrorChanged mirror/end/1', 'removeSchedules end']);
    expect((await api.call('DELETE', url)).status).toBe(200);
    for (const action of ['refresh', 'retry', 'pause', 'resume', 'approve', 'verify'])
      expect((await api.call('POST', `${url}/actions/${action}`)).body.code).toBe('mirror_ended');
    const again = await api.call('PUT', url, {
      repository: { url: 'https://git.example/mirror.git', branch: 'main', subdirectory: 'end' },
    });
    expect(again.body).toMatchObject({ endedAt: null, resyncReason: 'catch-up', state: 'syncing' });
  });

  test('shows the earlier of two open outages, with the time when admins were notified', async () => {
    await withMirror(api, 'out');
    await markDelivered('out');
    const url = '/v1/projects/out/mirrors/1';
    const outage = {
      stream: 'mirror/out/1',
      attempts: 3,
      lastAttemptAt: '2026-03-01T12:10:00Z',
      nextAttemptAt: '2026-03-01T12:15:00Z',
    };
    const earlier = randomUUID();
    await api.db
      .insertInto('outages')
      .values([
        {
          ...outage,
          id: randomUUID(),
          lane: 'source',
          since: '2026-03-01T12:05:00Z',
          code: 'source_timeout',
          message: 'slow',
        },
        {
          ...outage,
          id: earlier,
          lane: 'repository',
          since: '2026-03-01T12:00:00Z',
          code: 'credential_refused',
          message: 'no',
        },
      ])
      .execute();
    expect((await api.call('GET', url)).body).toMatchObject({
      state: 'retrying',
      outage: {
        lane: 'repository',
        since: '2026-03-01T12:00:00.000Z',
        attempts: 3,
        nextAttemptAt: '2026-03-01T12:15:00.000Z',
        notifiedAt: null,
        reason: { code: 'credential_refused', message: 'no' },
      },
    });
    await api.db
      .insertInto('notices')
      .values({
        outageId: earlier,
        kind: 'escalated',
        recipient: 'ops@example.com',
        sentAt: '2026-03-01T15:00:01Z',
      })
      .execute();
    await api.db
      .updateTable('outages')
      .set({ escalatedAt: '2026-03-01T15:00:00Z' })
      .where('id', '=', earlier)
      .execute();
    expect((await api.call('GET', url)).body).toMatchObject({
      state: 'escalated',
      outage: { notifiedAt: '2026-03-01T15:00:01.000Z' },
    });
  });

  test('lists its commits and changes newest first, with the number of changes in each batch', async () => {
    await withMirror(api, 'pages');
    await markDelivered('pages');
    const url = '/v1/projects/pages/mirrors/1';
    await api.call(
      'POST',
      '/v1/events',
      [1, 2, 3, 4, 5].map((v) => configChanged('pages', 'a', v)),
    );
    const message = {
      author: { name: 'Ada', email: 'a@b.c' },
      coAuthors: [],
      subject: 's',
      body: '',
    };
    const ids = [randomUUID(), randomUUID(), randomUUID()];
    for (const [index, id] of ids.entries()) {
      const delivered = index < 2;
      await api.db
        .insertInto('batches')
        .values({
          id,
          stream: 'mirror/pages/1',
          ordinal: index + 1,
          windowKey: `w${index}`,
          reason: 'changes',
          through: index + 1,
          message: JSON.stringify({ ...message, subject: `commit ${index + 1}` }),
          authoredAt: '2026-03-01T12:00:00Z',
          windowClosedAt: '2026-03-01T12:00:30Z',
          state: delivered ? 'delivered' : 'waiting',
          commitSha: delivered ? String(index).repeat(40) : null,
          deliveredAt: delivered ? '2026-03-01T12:01:00Z' : null,
        })
        .execute();
      await api.db
        .updateTable('changeEvents')
        .set({ batchId: id, ...(delivered ? { deliveredAt: '2026-03-01T12:01:00Z' } : {}) })
        .where('projectId', '=', 'pages')
        .where('sequence', '=', index + 1)
        .execute();
    }
    expect((await api.call('GET', url)).body).toMatchObject({
      pendingChanges: 3,
      waitingBatches: 1,
      state: 'syncing',
    });
    const first = await api.call('GET', `${url}/commits?limit=1`);
    expect(first.body.items).toMatchObject([{ subject: 'commit 2', author: message.author }]);
    const second = await api.call('GET', `${url}/commits?limit=1&cursor=${first.body.nextCursor}`);
    expect(second.body).toMatchObject({ items: [{ subject: 'commit 1' }], nextCursor: null });
    const waiting = await api.call('GET', `${url}/changes?state=waiting&limit=2`);
    expect(waiting.body.items).toMatchObject([
      { sequence: 5, state: 'waiting', key: 'pages-1-keboola.ex-db-mysql-a@5' },
      { sequence: 4 },
    ]);
    const rest = await api.call(
      'GET',
      `${url}/changes?state=waiting&cursor=${waiting.body.nextCursor}`,
    );
    expect(rest.body).toMatchObject({
      items: [{ sequence: 3, state: 'batched' }],
      nextCursor: null,
    });
    expect((await api.call('GET', `${url}/changes?cursor=bm9wZQ`)).body.errors).toMatchObject([
      { pointer: '/cursor' },
    ]);
  });

  test('ends its streams when their token is revoked, and limits their number per token', async () => {
    await withMirror(api, 'revoked');
    const url = `${await listening()}/v1/projects/revoked/mirrors/1/stream`;
    const made = await api.call('POST', '/v1/tokens', {
      name: 'listens',
      role: 'reader',
      projects: null,
    });
    const headers = { authorization: `Bearer ${String(made.body.token)}` };
    const streams = await Promise.all(Array.from({ length: 20 }, () => fetch(url, { headers })));
    expect(streams.map(({ status }) => status)).toEqual(streams.map(() => 200));
    expect((await fetch(url, { headers })).status).toBe(429);
    await api.call('DELETE', `/v1/tokens/${made.body.id}`);
    // Reads to the end; if a stream did not end, this would run into the time limit.
    for (const stream of streams) expect(await stream.text()).toContain('event: status');
  });

  test('streams its status as it changes', async () => {
    await withMirror(api, 'stream');
    const address = await listening();
    const token = await api.token({ role: 'reader', projects: ['stream'] });
    const stop = new AbortController();
    const answer = await fetch(`${address}/v1/projects/stream/mirrors/1/stream`, {
      headers: { authorization: `Bearer ${token}` },
      signal: stop.signal,
    });
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    let text = '';
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    async function until(part: string): Promise<void> {
      while (!text.includes(part)) {
        const { value, done } = await reader.read();
        if (done) throw new Error(`The stream ended without ${part}: ${text}`);
        text += value;
      }
    }
    await until('"state":"initializing"');
    await api.call('POST', '/v1/projects/stream/mirrors/1/actions/pause');
    await until('"state":"paused"');
    expect(text).toMatch(/^retry: 1000\n\nevent: status\ndata: \{/);
    expect(text.match(/event: status/g)).toHaveLength(2);
    stop.abort();
  });
});

describe('a preview', () => {
  test('stores nothing, and resolves `default`', async () => {
    await addProject('preview');
    const { status, body } = await api.call('POST', '/v1/projects/preview/mirrors/preview', {
      repository: { ...repository, subdirectory: 'preview' },
    });
    expect(status).toBe(200);
    expect(body).toEqual({ branchId: '1', ...preview });
    expect(previewed).toMatchObject([{ projectId: 'preview', branchId: '1' }]);
    expect((await api.call('GET', '/v1/projects/preview/mirrors')).body.items).toEqual([]);
  });

  test('continues after the body of its request was read, over a real connection', async () => {
    await addProject('preview-http');
    const address = await listening();
    const answer = await fetch(`${address}/v1/projects/preview-http/mirrors/preview`, {
      method: 'POST',
      headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ repository }),
    });
    expect(answer.status).toBe(200);
  });
});

describe('other settings', () => {
  const path = '/v1/projects/change/mirrors/1';
  const own = { ...repository, subdirectory: 'change' };
  const put = (body: object, version?: string) =>
    api.app.inject({
      method: 'PUT',
      url: path,
      headers: {
        authorization: `Bearer ${adminToken}`,
        ...(version !== undefined && { 'if-match': `"${version}"` }),
      },
      payload: { repository: own, ...body },
    });

  test('replace only those that their sender has seen', async () => {
    await addProject('change');
    expect((await put({}, 'none-yet')).statusCode).toBe(412);
    const { settingsVersion } = (await put({})).json<{ settingsVersion: string }>();
    await api.call('POST', `${path}/actions/pause`);
    const changed = await put({ secrets: 'omitted' }, settingsVersion);
    expect(changed.statusCode).toBe(200);
    const late = await put({ secrets: 'encrypted' }, settingsVersion);
    expect(late.statusCode).toBe(412);
    expect(late.json()).toMatchObject({ code: 'settings_changed' });
    expect((await api.call('GET', path)).body).toMatchObject({ secrets: 'omitted' });
  });

  test('are previewed with the mirror that they are for, and checked as in PUT', async () => {
    changes.length = 0;
    const { status, body } = await api.call('POST', `${path}/preview`, { repository: own });
    expect([status, body]).toEqual([200, unchanged]);
    expect(changes).toMatchObject([{ projectId: 'change', branchId: '1', adopt: false }]);
    const wrong = { repository: own, samples: { refresh: 'often' } };
    expect((await api.call('POST', `${path}/preview`, wrong)).body).toMatchObject({
      ...{ status: 422, errors: [{ pointer: '/samples/refresh' }] },
    });
    const none = await api.call('POST', '/v1/projects/change/mirrors/2/preview', {
      repository: own,
    });
    expect(none.body).toMatchObject({ status: 404, code: 'mirror_not_found' });
  });
});

describe('a project', () => {
  test('is stored only after its source was read', async () => {
    const body = {
      id: '123',
      source: { kind: 'keboola', url: 'https://connection.example', token: 'storage-token' },
    };
    api.source.projectId = '124';
    expect((await api.call('POST', '/v1/projects', body)).body).toMatchObject({
      status: 422,
      code: 'project_mismatch',
      errors: [{ pointer: '/id' }],
    });
    api.source.failure = new StreamFailure('source_token_refused', 'The token is refused.');
    expect((await api.call('POST', '/v1/projects', body)).body).toMatchObject({
      status: 422,
      code: 'source_token_refused',
      detail: 'The token is refused.',
    });
    api.source.failure = null;
    expect((await api.call('GET', '/v1/projects/123')).status).toBe(404);
    api.source.projectId = '123';
    expect((await api.call('POST', '/v1/projects', body)).body).toMatchObject({
      id: '123',
      name: 'Project 123',
      source: { kind: 'keboola', url: 'https://connection.example/' },
    });
    expect((await api.call('POST', '/v1/projects', body)).body.code).toBe('project_exists');
    api.source.opened.length = 0;
    await api.call('PUT', '/v1/projects/123/mirrors/1', {
      repository: { ...repository, subdirectory: '123' },
    });
    expect(api.source.opened).toEqual([
      { kind: 'keboola', url: 'https://connection.example/', token: 'storage-token' },
    ]);
    api.told.length = 0;
    const renamed = { name: 'Renamed', source: { token: 'another-token' } };
    expect((await api.call('PATCH', '/v1/projects/123', renamed)).body.name).toBe('Renamed');
    expect(api.told).toEqual(['mirrorChanged mirror/123/1', 'retryNow mirror/123/1']);
    expect(api.source.opened.at(-1)).toMatchObject({ token: 'another-token' });
    api.source.projectId = null;
  });

  test('can be deleted once its mirrors have ended, with everything that was stored for them', async () => {
    await withMirror(api, 'gone');
    await api.call('POST', '/v1/events', configChanged('gone', 'a'));
    expect((await api.call('DELETE', '/v1/projects/gone')).body.code).toBe('project_in_use');
    await api.call('DELETE', '/v1/projects/gone/mirrors/1');
    expect((await api.call('DELETE', '/v1/projects/gone')).status).toBe(204);
    expect((await api.call('GET', '/v1/projects/gone')).status).toBe(404);
    expect((await api.call('DELETE', '/v1/projects/gone')).status).toBe(404);
    await withMirror(api, 'gone');
  });

  test('is listed once across pages', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await api.call(
        'GET',
        `/v1/projects?limit=7${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      seen.push(...(body.items as { id: string }[]).map(({ id }) => id));
      cursor = body.nextCursor as string | null;
    }
    expect(seen).toContain('gone');
    expect(new Set(seen).size).toBe(seen.length);
    const { rows } = { rows: await api.db.selectFrom('projects').select('id').execute() };
    expect(seen).toHaveLength(rows.length);
  });
});
