import { ourselves } from '../model/access/actor.ts';
import { defaultReadingLimits } from '../model/knowledge/reading-limits.ts';
import { randomBytes } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createActivities } from '../activities/index.ts';
import { connect, type Db, type Trx } from '../db/connect.ts';
import { findEntry } from '../db/knowledge/entries.ts';
import { findSpace } from '../db/knowledge/spaces.ts';
import { listEntries } from '../db/knowledge/entry-lists.ts';
import { insertCredential } from '../db/streams/credentials.ts';
import { listVersions, findVersionAt } from '../db/knowledge/history/history.ts';
import { readInstallationId } from '../db/streams/installation.ts';
import { migrate } from '../db/migrate.ts';
import { acceptSave } from '../db/knowledge/saves.ts';
import { createSealer } from '../db/sealing.ts';
import { jsonb } from '../db/storable.ts';
import { startPostgres } from '../embedded/postgres.ts';
import { createGitClones } from '../git/clones/clones.ts';
import { createGitDeliverer } from '../git/deliver/deliverer.ts';
import { createGitTextTools } from '../git/clones/text-tools.ts';
import { platforms } from '../platforms/index.ts';
import { createHosts } from '../hosts/create-hosts.ts';
import { createAskModel } from '../hosts/models/ask-model.ts';
import { createReviewHosts } from '../hosts/reviews/create-review-hosts.ts';
import { textBlobId } from '../knowledge/entries/blob-id.ts';
import { editEntry } from '../knowledge/entries/edit-entry.ts';
import { builtInKinds } from '../knowledge/kinds/kinds.ts';
import { readEntry } from '../knowledge/entries/read-entry.ts';
import { createAddressPolicy } from '../network/address-policy.ts';
import { createDispatcher } from '../network/dispatcher.ts';
import { GitServer } from '../examples/git-server/git-server.ts';
import { gitEnvironment } from '../test/support/git-repository.ts';
import { idleSpaces, idleWorkflows } from '../test/support/idle-workflows.ts';
import { RecordingMeter } from '../test/support/telemetry/recording-meter.ts';
import { fillRepository, pathOf, textOf } from './knowledge-repository.ts';

/**
 * A knowledge space over a repository with a long history, on a PostgreSQL and over HTTP: the first sync and saves that
 * are accepted meanwhile, a push of ten files, a save to the remote (without the window), and reads. Beside the reads, `git log -- path` with changed-path
 * filters, in the same run.
 *
 *     npm run bench:knowledge -- --entries 10000 --commits 100000 --rounds 200
 *
 * `--saves 0` reads for the first time with nobody saving.
 */
const { values } = parseArgs({
  options: {
    entries: { type: 'string', default: '10000' },
    commits: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '200' },
    saves: { type: 'string', default: '10' },
  },
});
const entries = Number(values.entries);
const rounds = Number(values.rounds);
const savesPerSecond = Number(values.saves);
const customer = builtInKinds.find(({ name }) => name === 'customer')!;
const spaceId = 'bench';

const place = await mkdtemp(join(tmpdir(), 'bench-knowledge-'));
const postgres = await startPostgres({ directory: join(place, 'postgres') });
const server = await GitServer.start();
const addresses = createAddressPolicy({ allowPrivateNetwork: true, allowFileRepositories: true });
const dispatcher = createDispatcher(addresses);
const git = await createGitDeliverer({ cacheDirectory: join(place, 'cache'), policy: addresses });
const clones = await createGitClones({ cacheDirectory: join(place, 'clones'), policy: addresses });
const texts = createGitTextTools({ directory: join(place, 'texts') });
const db = connect({ url: postgres.url('postgres'), onError: (error) => console.error(error) });
try {
  await bench();
} finally {
  await db.destroy();
  await git.close();
  await clones.close();
  await dispatcher.close();
  await server.close();
  await postgres.stop();
  await rm(place, { recursive: true, force: true, maxRetries: 3 });
}

async function bench(): Promise<void> {
  await migrate(db);
  const sealer = createSealer(randomBytes(32));
  const repository = await server.createRepository(spaceId);
  const commits = Number(values.commits);
  await fillRepository(repository, { entries, commits });
  console.log(`${entries} entries of 2 KB, ${commits} commits\n`);

  const { username, password } = server.credential!;
  const credential = await insertCredential(db, sealer, {
    ...{ name: 'git', username, token: password },
    origin: new URL(server.url(spaceId)).origin,
  });
  await db
    .insertInto('spaces')
    .values({
      id: spaceId,
      name: spaceId,
      repositoryUrl: server.url(spaceId),
      repositoryBranch: 'main',
      credentialId: credential!.id,
      root: 'knowledge',
      rules: jsonb({ publicKinds: [], index: true, notify: { emails: [] } }),
    })
    .execute();
  const transactions: number[] = [];
  const activities = createActivities({
    readingLimits: defaultReadingLimits,
    db: timingTransactions(db, transactions),
    sealer,
    git,
    clones,
    texts,
    hosts: createHosts({ dispatcher }),
    reviewHosts: createReviewHosts({ dispatcher }),
    askModel: createAskModel({ dispatcher }),
    platforms,
    openSource: () => {
      throw new Error('The bench has no platform.');
    },
    workflows: idleWorkflows,
    spaces: idleSpaces,
    retryInterval: 300_000,
    sendNotice: () => Promise.resolve(),
    installationId: await readInstallationId(db),
    meter: new RecordingMeter(),
    logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  const sync = () => new MockActivityEnvironment().run(() => activities.syncSpace({ spaceId }));

  await firstSync(sync, transactions);
  console.log(`a look where nothing is new ${ms([await timed(sync)])}`);
  await pushes(repository, sync);
  await saves(sync);
  await reads(repository.directory);
}

/** Saves at an even pace, however long the one before takes, while the space is read for the first time. */
async function firstSync(sync: () => Promise<unknown>, transactions: number[]): Promise<void> {
  if (savesPerSecond === 0) {
    console.log(`first sync                 ${seconds(await timed(sync))}`);
    console.log(
      `its ${String(transactions.length).padEnd(4)} transactions      ${ms(transactions)}`,
    );
    return;
  }
  console.log(`a save, nothing is read    ${await savesDuring(() => sleep(5_000), 'before')}`);
  const first = timed(sync);
  // Then it sends what was saved.
  const meanwhile = await savesDuring(untilRead, 'during');
  const reading = [...transactions];
  console.log(`first sync                 ${seconds(await first)}`);
  console.log(`a save meanwhile           ${meanwhile}`);
  console.log(`its ${String(reading.length).padEnd(4)} transactions      ${ms(reading)}`);
}

async function untilRead(): Promise<void> {
  while ((await findSpace(db, spaceId))?.syncedSha == null) await sleep(20);
}

/** How long saves take that are accepted, on connections of their own, while something else is done. */
async function savesDuring(work: () => Promise<unknown>, name: string): Promise<string> {
  const saver = connect({
    url: postgres.url('postgres'),
    onError: (error) => console.error(error),
  });
  const times: number[] = [];
  const pending: Promise<void>[] = [];
  let failed = 0;
  const timer = setInterval(() => {
    const id = `saved-${name}-${pending.length}`;
    const path = `knowledge/customers/${id}.md`;
    const save = timed(() => saveEntry(saver, id, path, newText(id), null));
    pending.push(save.then((time) => void times.push(time)).catch(() => void (failed += 1)));
  }, 1_000 / savesPerSecond);
  try {
    await work();
  } finally {
    clearInterval(timer);
    await Promise.all(pending);
    await saver.destroy();
  }
  return `${ms(times)} (${times.length} saves, ${failed} failed)`;
}

/** The database, with the milliseconds that each transaction takes added to a list. */
function timingTransactions(of: Db, lengths: number[]): Db {
  const transaction = () => ({
    execute: async (work: (trx: Trx) => Promise<unknown>) => {
      const begun = performance.now();
      try {
        return await of.transaction().execute(work);
      } finally {
        lengths.push(performance.now() - begun);
      }
    },
  });
  return new Proxy(of, {
    get(target, name) {
      if (name === 'transaction') return transaction;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

function newText(id: string): string {
  return ['---', `id: ${id}`, `name: New ${id}`, '---', `# ${id}`, ''].join('\n');
}

/** Accepts a save, as the API does. */
async function saveEntry(
  on: Db,
  id: string,
  path: string,
  text: string,
  base: string | null,
): Promise<void> {
  const read = readEntry(text, customer);
  const accepted = await on.transaction().execute((trx) =>
    acceptSave(trx, {
      spaceId,
      entryId: id,
      kind: 'customer',
      path,
      action: base === null ? 'create' : 'edit',
      base,
      content: { ...read, text, blob: textBlobId(text), declaredId: read.id },
      person: { name: 'Eva', email: 'eva@example.com' },
      by: ourselves,
      via: 'api',
      message: null,
    }),
  );
  if (accepted.kind !== 'accepted') throw new Error(accepted.kind);
}

async function pushes(
  repository: Awaited<ReturnType<typeof server.createRepository>>,
  sync: () => Promise<unknown>,
): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < 11; round += 1) {
    const files = Object.fromEntries(
      Array.from({ length: 10 }, (_, index) => {
        const entry = (round * 1_009 + index * 97) % entries;
        return [pathOf(entry), textOf(entry, 1_000 + round)];
      }),
    );
    await repository.commit({ files, at: Math.floor(Date.now() / 1_000) });
    times.push(await timed(sync));
  }
  console.log(`a push of 10 files         ${ms(times)}`);
}

async function saves(sync: () => Promise<unknown>): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < 11; round += 1)
    times.push(
      await timed(async () => {
        const id = `customer-${(round * 31 + 5) % entries}`;
        const entry = await findEntry(db, spaceId, id);
        if (entry?.headText == null) throw new Error(`There is no ${id}.`);
        const edited = editEntry(entry.headText, customer, {
          fields: { industry: `new ${round}` },
        });
        if (edited.kind === 'refused') throw new Error(edited.message);
        await saveEntry(db, id, entry.path, edited.text, entry.headBlob);
        await sync();
      }),
    );
  console.log(`a save, read back          ${ms(times)}`);
}

async function reads(directory: string): Promise<void> {
  const ids = Array.from({ length: rounds }, (_, round) => (round * 7_919 + 13) % entries);
  const history: number[] = [];
  const compare: number[] = [];
  const search: number[] = [];
  const ago = new Date();
  ago.setUTCMonth(ago.getUTCMonth() - 6);
  for (const entry of ids) {
    const id = `customer-${entry}`;
    history.push(
      await timed(() => listVersions(db, spaceId, id, { kinds: null, limit: 50, before: null })),
    );
    compare.push(await timed(() => compareWith(id, ago)));
    search.push(
      await timed(() =>
        listEntries(db, spaceId, {
          kinds: null,
          status: null,
          words: ['customer', String(entry)],
          fields: [{ field: 'region', values: ['EMEA'] }],
          order: { by: { column: 'title' }, descending: false },
          after: null,
          limit: 50,
        }),
      ),
    );
  }
  console.log(`an entry's history         ${ms(history)}`);
  console.log(`compare with 6 months ago  ${ms(compare)}`);
  console.log(`search                     ${ms(search)}`);

  const options = { cwd: directory, env: gitEnvironment(directory), stdio: 'pipe' as const };
  execFileSync('git', ['commit-graph', 'write', '--reachable', '--changed-paths'], options);
  const log: number[] = [];
  for (const entry of ids.slice(0, 50))
    log.push(
      await timed(() =>
        Promise.resolve(
          execFileSync(
            'git',
            ['log', '--format=%H', '--max-count=50', 'main', '--', pathOf(entry)],
            options,
          ),
        ),
      ),
    );
  console.log(`git log -- path, filters   ${ms(log)}`);
}

/** What the API's comparison does: the version of then from the clone, the head from the database, and their diff. */
async function compareWith(id: string, at: Date): Promise<void> {
  const [entry, version] = await Promise.all([
    findEntry(db, spaceId, id),
    findVersionAt(db, spaceId, id, { at }),
  ]);
  if (entry?.headText == null || version?.blob == null) throw new Error(`${id} was not there.`);
  const { blob, sha } = version;
  const remote = { url: server.url(spaceId), branch: 'main', credential: server.credential };
  const then = await clones.withClone(
    remote,
    { commit: sha },
    async (clone) => {
      for await (const { content } of clone.blobs([blob]))
        return Buffer.from(content ?? []).toString();
      throw new Error('The clone lacks the version.');
    },
    { signal: AbortSignal.timeout(60_000) },
  );
  const [before, after] = [readEntry(then, customer), readEntry(entry.headText, customer)];
  await texts.diff(before.body, after.body);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

function ms(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  return `median ${at(0.5).toFixed(0).padStart(5)} ms, 95th percentile ${at(0.95).toFixed(0).padStart(5)} ms, most ${at(1).toFixed(0).padStart(5)} ms`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}
