import { randomBytes } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { LogSampling } from '../../telemetry/log-sampling.ts';
import { createActivities } from '../../activities/index.ts';
import type { Db, Trx } from '../../db/connect.ts';
import { acceptSave } from '../../db/knowledge/saves.ts';
import { createSealer } from '../../db/sealing.ts';
import { jsonb } from '../../db/storable.ts';
import { insertCredential } from '../../db/streams/credentials.ts';
import { readInstallationId } from '../../db/streams/installation.ts';
import { createGitTextTools } from '../../git/clones/text-tools.ts';
import { createHosts } from '../../hosts/create-hosts.ts';
import { createAskModel } from '../../hosts/models/ask-model.ts';
import { createReviewHosts } from '../../hosts/reviews/create-review-hosts.ts';
import { textBlobId } from '../../knowledge/entries/blob-id.ts';
import { readEntry } from '../../knowledge/entries/read-entry.ts';
import { builtInKinds } from '../../knowledge/kinds/kinds.ts';
import { ourselves } from '../../model/access/actor.ts';
import { defaultRetention } from '../../model/housekeeping/retention.ts';
import { defaultReadingLimits } from '../../model/knowledge/reading-limits.ts';
import { createDispatcher } from '../../network/dispatcher.ts';
import { platforms } from '../../platforms/index.ts';
import { idleSpaces, idleWorkflows } from '../../test/support/idle-workflows.ts';
import { RecordingMeter } from '../../test/support/telemetry/recording-meter.ts';
import type { Place } from '../measuring/place.ts';
import {
  addresses,
  startClones,
  startDatabase,
  startDeliverer,
  startGitServer,
} from '../measuring/servers.ts';
import { fillRepository, type RepositorySize } from './knowledge-repository.ts';

/** The space that is measured. */
export const spaceId = 'bench';
/** The kind of its entries. */
export const customer = builtInKinds.find(({ name }) => name === 'customer')!;

/** A space over a repository of this size that nobody has read yet, until the place ends. */
export async function startSpace(place: Place, size: RepositorySize) {
  const { db, postgres } = await startDatabase(place);
  const remotes = await startGitServer(place);
  const dispatcher = createDispatcher(addresses);
  place.atEnd(() => dispatcher.close());
  const git = await startDeliverer(place);
  const clones = await startClones(place);
  const texts = createGitTextTools({ directory: place.path('texts') });
  const sealer = createSealer(randomBytes(32));
  const repository = await remotes.server.createRepository(spaceId);
  await fillRepository(repository, size);
  const url = remotes.server.url(spaceId);
  const { username, password } = remotes.credential;
  const credential = await insertCredential(db, sealer, {
    ...{ name: 'git', username, token: password },
    origin: new URL(url).origin,
  });
  await db
    .insertInto('spaces')
    .values({
      ...{ id: spaceId, name: spaceId, repositoryUrl: url, repositoryBranch: 'main' },
      ...{ credentialId: credential!.id, root: 'knowledge' },
      rules: jsonb({ publicKinds: [], index: true, notify: { emails: [] } }),
    })
    .execute();
  /** How long each transaction of the activities took, in milliseconds. */
  const transactions: number[] = [];
  const activities = createActivities({
    readingLimits: defaultReadingLimits,
    db: timingTransactions(db, transactions),
    ...{ sealer, git, clones, texts, platforms },
    hosts: createHosts({ dispatcher }),
    reviewHosts: createReviewHosts({ dispatcher }),
    askModel: createAskModel({ dispatcher }),
    openSource: () => {
      throw new Error('The bench has no platform.');
    },
    ...{ workflows: idleWorkflows, spaces: idleSpaces, retryInterval: 300_000 },
    watchInterval: null,
    sampling: new LogSampling(1, () => Promise.resolve(0)),
    retention: defaultRetention,
    sendNotice: () => Promise.resolve(),
    installationId: await readInstallationId(db),
    meter: new RecordingMeter(),
    logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  return {
    ...{ db, postgres, repository, clones, texts, transactions },
    remote: { url, branch: 'main', credential: remotes.credential },
    /** Reads what was pushed, and delivers what was saved. */
    sync: () => new MockActivityEnvironment().run(() => activities.syncSpace({ spaceId })),
  };
}

/** A space that was started. */
export type BenchSpace = Awaited<ReturnType<typeof startSpace>>;

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

/** Accepts a save, as the API does; without a base, of a new entry. */
export async function saveEntry(
  on: Db,
  of: { id: string; path: string; text: string; base: string | null },
): Promise<void> {
  const { id, path, text, base } = of;
  const read = readEntry(text, customer);
  const accepted = await on.transaction().execute((trx) =>
    acceptSave(trx, {
      ...{ spaceId, entryId: id, kind: 'customer', path, base },
      action: base === null ? 'create' : 'edit',
      content: { ...read, text, blob: textBlobId(text), declaredId: read.id },
      person: { name: 'Eva', email: 'eva@example.com' },
      ...{ by: ourselves, via: 'api', message: null },
    }),
  );
  if (accepted.kind !== 'accepted') throw new Error(accepted.kind);
}
