import { beforeEach, describe, expect, test } from 'vitest';
import { sql } from 'kysely';
import {
  askHostAgain,
  findAsker,
  noteRefusal,
  noteTaken,
} from '../../../db/streams/host-refusals.ts';
import { rotateCredential } from '../../../db/streams/credentials.ts';
import { recordFailure } from '../../../db/streams/outages.ts';
import { spaceStream } from '../../../model/knowledge/ids.ts';
import type { FailureCode } from '../../../model/streams/errors.ts';
import { spacesUnderTest } from '../knowledge/spaces-under-test.ts';

const under = await spacesUnderTest();
const { db, server, sealer, credentialId } = under;
const works = server.credential!;
const words = 'Invalid username or token.';

/** A mirror or a space: what a stream's workflow does with its host. */
interface Stream {
  name: string;
  id: string;
  ask: () => Promise<unknown>;
}

const streams: Stream[] = [];
for (let count = 0; count < 30; count += 1) {
  const space = await under.space({ 'knowledge/a.md': '# a\n' });
  streams.push({ name: space.id, id: spaceStream(space.id), ask: () => space.sync() });
}
for (let count = 0; count < 10; count += 1) {
  const mirror = await under.settledMirror();
  const name = `mirror-${mirror.key.projectId}`;
  streams.push({ name, id: mirror.stream, ask: () => mirror.deliver() });
}
/** For rounds in which they work, which takes longer. */
const few = [...streams.slice(0, 3), ...streams.slice(-2)];
const [first, second, third] = few as [Stream, Stream, Stream];
const others = few.filter((one) => one !== first);

beforeEach(async () => {
  server.credential = works;
  server.answers.clear();
  await db.deleteFrom('hostRefusals').execute();
  await db.deleteFrom('outages').execute();
  await rotate(works.password);
  server.requests.length = 0;
  under.signals.length = 0;
});

/** One attempt, and how it ended; a failure opens an outage, as the workflow does. */
async function attempt({ id: stream, ask }: Stream): Promise<string> {
  const attemptStartedAt = new Date().toISOString();
  try {
    await ask();
    return 'worked';
  } catch (error) {
    const { type: code, message } = error as { type: FailureCode; message: string };
    const outage = { stream, lane: 'repository', attemptStartedAt, code, message } as const;
    await recordFailure(db, { ...outage, nextAttemptAt: attemptStartedAt });
    return code;
  }
}

/** An attempt of each, and how often each outcome was. */
async function round(of: readonly Stream[] = streams): Promise<Record<string, number>> {
  const outcomes: Record<string, number> = {};
  for (const stream of of) {
    const outcome = await attempt(stream);
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  }
  return outcomes;
}

/** How many requests the host has refused since this was called last. */
function refused(): number {
  const count = server.requests.filter(({ authorized }) => !authorized).length;
  server.requests.length = 0;
  return count;
}

async function minutesPass(minutes: number): Promise<void> {
  const by = sql`${minutes} * interval '1 minute'`;
  await db
    .updateTable('hostRefusals')
    .set({
      refusedAt: sql`refused_at - ${by}`,
      askAt: sql`ask_at - ${by}`,
      claimedUntil: sql`claimed_until - ${by}`,
    })
    .execute();
}

function messageOf({ id }: Stream): Promise<{ code: string; message: string }> {
  return db
    .selectFrom('outages')
    .select(['code', 'message'])
    .where('stream', '=', id)
    .executeTakeFirstOrThrow();
}

async function rotate(token: string): Promise<void> {
  await rotateCredential(db, sealer, credentialId, { username: null, origin: null, token });
}

/** The token stops working. */
function revoke(): void {
  server.credential = { ...works, password: 'another-token-8d2f' };
}

describe('a credential that the host no longer takes', () => {
  test('is tried by one stream in five minutes, while each has its own outage', async () => {
    revoke();
    expect(await round()).toEqual({ credential_refused: 40 });
    // The second one showed that it is not for the repository of the first.
    expect(refused()).toBe(2);
    for (const minutes of [1, 2, 1]) {
      await minutesPass(minutes);
      expect(await round()).toEqual({ credential_refused: 40 });
      expect(refused()).toBe(0);
    }
    for (let interval = 0; interval < 3; interval += 1) {
      await minutesPass(6);
      expect(await round()).toEqual({ credential_refused: 40 });
      expect(refused()).toBe(1);
    }
    const outages = await db.selectFrom('outages').select(['stream', 'code', 'attempts']).execute();
    expect(outages).toHaveLength(40);
    expect(new Set(outages.map(({ code }) => code))).toEqual(new Set(['credential_refused']));
    expect((await messageOf(streams[39]!)).message).toMatch(
      /^http:\S+ refused the credential at \S+Z, when it was asked for another repository, so that it was not asked now\. It is asked again at \S+Z/,
    );
  });

  test('is found to work again by one stream, and all others are told to try', async () => {
    revoke();
    await round();
    server.credential = works;
    expect(await attempt(third)).toBe('credential_refused');
    await minutesPass(6);
    expect(await attempt(third)).toBe('worked');
    expect(under.signals.toSorted()).toEqual(
      streams
        .filter((one) => one !== third)
        .map(({ id }) => `${id} retryNow`)
        .toSorted(),
    );
    expect(await round(few)).toEqual({ worked: 5 });
    expect(await db.selectFrom('hostRefusals').select('words').execute()).toEqual([]);
  });

  test('is tried by all at once after it was rotated', async () => {
    revoke();
    await round();
    const token = server.credential!.password;
    await rotate(token);
    refused();
    expect(await round(few)).toEqual({ worked: 5 });
    expect(refused()).toBe(0);
  });

  test('is not judged by attempts that began before it was rotated', async () => {
    revoke();
    const asker = await findAsker(db, { repositoryUrl: server.url(third.name), credentialId });
    const refusal = { wider: { of: 'credential', step: 'read' }, words } as const;
    await rotate('dead-as-well-19c4');
    await round([first, second]);
    refused();
    await noteRefusal(db, asker!, refusal, 300_000);
    expect(await noteTaken(db, asker!)).toBe(false);
    expect(await attempt(third)).toBe('credential_refused');
    expect(refused()).toBe(0);
    await rotate(server.credential!.password);
    await noteRefusal(db, asker!, refusal, 300_000);
    expect(await round(few)).toEqual({ worked: 5 });
    expect(refused()).toBe(0);
  });

  test('is tried at once when a person asks for it', async () => {
    revoke();
    await round();
    refused();
    await askHostAgain(db, { repositoryUrl: server.url(third.name), credentialId });
    expect(await round()).toEqual({ credential_refused: 40 });
    expect(refused()).toBe(1);
    server.credential = works;
    await askHostAgain(db, { repositoryUrl: server.url(second.name), credentialId });
    expect(await attempt(second)).toBe('worked');
  });

  test('keeps nobody from trying for long if the one who tries is lost', async () => {
    revoke();
    await round();
    await minutesPass(6);
    const claimedUntil = new Date(Date.now() + 60_000);
    await db.updateTable('hostRefusals').set({ claimedUntil }).execute();
    server.credential = works;
    expect(await attempt(first)).toBe('credential_refused');
    await minutesPass(1);
    expect(await attempt(first)).toBe('worked');
  });

  test('is tried by the next one if the host does not get as far with the first', async () => {
    revoke();
    await round();
    await minutesPass(7);
    server.answers.set(first.name, { status: 404, words: '' });
    expect(await attempt(first)).toBe('repository_not_found');
    server.credential = works;
    expect(await attempt(second)).toBe('worked');
  });

  test('is tried by one of those that come at the same time', async () => {
    revoke();
    await round();
    refused();
    await minutesPass(6);
    await Promise.all(streams.map(attempt));
    expect(refused()).toBe(1);
  });
});

describe('a repository for which the host refuses the credential', () => {
  test.each([403, 404])('with %i does not hold up the others', async (status) => {
    server.answers.set(first.name, { status, words: 'Forbidden' });
    for (let time = 0; time < 2; time += 1) {
      expect(await attempt(first)).not.toBe('worked');
      expect(await round(others)).toEqual({ worked: 4 });
    }
    expect(await db.selectFrom('hostRefusals').select('words').execute()).toEqual([]);
  });

  test('with 401 does not hold up the others either, and goes on being tried', async () => {
    server.answers.set(first.name, { status: 401, words });
    for (let time = 0; time < 3; time += 1) {
      expect(await round(few)).toEqual({ credential_refused: 1, worked: 4 });
      await minutesPass(6);
    }
    expect(under.signals).toEqual([]);
    server.answers.clear();
    expect(await round(few)).toEqual({ worked: 5 });
  });

  test('is not the one that tries for all again and again', async () => {
    server.answers.set(first.name, { status: 401, words });
    server.answers.set(second.name, { status: 401, words });
    expect(await round(few)).toEqual({ credential_refused: 5 });
    await minutesPass(5.5);
    expect(await attempt(second)).toBe('credential_refused');
    expect(await round(few.slice(2))).toEqual({ worked: 3 });
    await minutesPass(6);
    expect(await round(few)).toEqual({ credential_refused: 2, worked: 3 });
  });
});

describe('a host that limits how often it is asked', () => {
  test.each([
    { status: 429, words: 'Retry later', minutes: 5 },
    { status: 429, words: 'Too many requests. Retry after 20 minutes.', minutes: 20 },
    { status: 403, words: 'You have exceeded a secondary rate limit.', minutes: 5 },
  ])('($status: $words) is left alone for so long', async ({ status, words: said, minutes }) => {
    server.answers.set(first.name, { status, words: said });
    server.requests.length = 0;
    for (const more of [0, minutes - 1, 0.5]) {
      await minutesPass(more);
      expect(await round()).toEqual({ repository_unreachable: 40 });
      expect(server.requests).toHaveLength(1);
    }
    await minutesPass(0.6);
    server.answers.clear();
    expect(await round(few)).toEqual({ worked: 5 });
  });

  test('is quoted to the others, without the name of the repository', async () => {
    const said = `Too many requests for ${new URL(server.url(first.name)).pathname}`;
    server.answers.set(first.name, { status: 429, words: said });
    await round(few);
    const { message } = await messageOf(third);
    expect(message).toMatch(
      /^http:\S+ limited at \S+Z how often it may be asked, .* It said: Too many requests for /,
    );
    expect(message).not.toContain(first.name);
    const stored = JSON.stringify(await db.selectFrom('hostRefusals').selectAll().execute());
    expect(stored).not.toContain(works.password);
  });

  test('for longer each time, an hour at most', async () => {
    for (const { name } of streams) server.answers.set(name, { status: 429, words: '' });
    for (const minutes of [5, 10, 20, 40, 60, 60]) {
      server.requests.length = 0;
      await round([first, second]);
      expect(server.requests).toHaveLength(1);
      await minutesPass(minutes - 0.5);
      await round([first, second]);
      expect(server.requests).toHaveLength(1);
      await minutesPass(1);
    }
  });

  test('without a credential, too', async () => {
    server.credential = null;
    await db.updateTable('spaces').set({ credentialId: null }).execute();
    server.answers.set(first.name, { status: 429, words: '' });
    expect(await round(few.slice(0, 3))).toEqual({ repository_unreachable: 3 });
    // To the host, those with a credential are others.
    expect(await round(few.slice(3))).toEqual({ worked: 2 });
    await db.updateTable('spaces').set({ credentialId }).execute();
  });
});
