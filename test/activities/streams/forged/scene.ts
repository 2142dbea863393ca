import type { MirrorKey } from '../../../../model/mirror/ids.ts';
import { readMirrorOverview } from '../../../../db/mirror/mirror-status.ts';
import { readSpaceOverview } from '../../../../db/knowledge/space-status.ts';
import { markSpace } from '../../../../db/knowledge/spaces.ts';
import { spaceStream } from '../../../../model/knowledge/ids.ts';
import type { StreamState } from '../../../../model/streams/state.ts';
import { backUp } from '../../../support/back-up.ts';
import type { GitRepository } from '../../../support/git-repository.ts';
import { customer, type SpacesUnderTest } from '../../knowledge/spaces-under-test.ts';
import { orders } from '../../activities-under-test.ts';

/** What a stream belongs to. */
export type Product = 'mirror' | 'space';

/**
 * When something is forged: while a change waits because pushes fail, after our push arrived and the worker was lost
 * before it could note that, or after the database was restored from a copy that was made before the push.
 */
export type Moment = 'waiting' | 'arrived' | 'restored';

/** What the database says about the change. */
export interface ChangeFacts {
  state: StreamState;
  /** Whether it still counts as something to send. */
  waiting: boolean;
  /** The commit that it is said to be in. */
  commit: string | null;
  /** Whether its bytes are still here. */
  kept: boolean;
  /** Whether a person is shown both sides. */
  conflict: boolean;
}

/** A stream with a change at some moment, and what a stranger can know about it. */
export interface Scene {
  product: Product;
  stream: string;
  repository: GitRepository;
  installationId: string;
  /** The batch of the change. */
  batch: string;
  /** The file that the change writes, and its text. */
  path: string;
  text: string;
  /** Another file that we own, which somebody may change; `null` if everybody may change every file. */
  owned: string | null;
  /** Our last commit before the change. */
  settled: string;
  /** Our commit with the change; `null` while it waits. */
  pushed: string | null;
  /** One attempt, as its workflow makes it; returns how many commits it made. */
  attempt: () => Promise<number>;
  /** A person accepts what is there. */
  approve: () => Promise<unknown>;
  facts: () => Promise<ChangeFacts>;
}

const description = 'configs/main/extractor/keboola.ex-db-mysql/orders/description.md';
const clients = 'configs/main/extractor/keboola.ex-aws-s3/customers/description.md';
const acme = 'knowledge/customers/acme.md';

type Steps = Record<Moment, () => Promise<void>>;

/** Makes scenes, one after another in the same mirror and space: whatever was forged before must not matter. */
export class Scenes {
  readonly #under: SpacesUnderTest;
  readonly #mirror: Awaited<ReturnType<SpacesUnderTest['mirror']>>;
  readonly #space: Awaited<ReturnType<SpacesUnderTest['space']>>;
  #number = 0;

  private constructor(
    under: SpacesUnderTest,
    mirror: Awaited<ReturnType<SpacesUnderTest['mirror']>>,
    space: Awaited<ReturnType<SpacesUnderTest['space']>>,
  ) {
    this.#under = under;
    this.#mirror = mirror;
    this.#space = space;
  }

  static async create(under: SpacesUnderTest): Promise<Scenes> {
    const mirror = await under.settledMirror();
    const space = await under.space({ [acme]: customer('acme') });
    await space.sync();
    await space.save('acme', { text: customer('acme', ['tier: bronze']) });
    await space.sync();
    return new Scenes(under, mirror, space);
  }

  /** The next change, brought to this moment. */
  next(product: Product, moment: Moment): Promise<Scene> {
    this.#number += 1;
    return product === 'mirror' ? this.#ofMirror(moment) : this.#ofSpace(moment);
  }

  async #ofMirror(moment: Moment): Promise<Scene> {
    const mirror = this.#mirror;
    const { repository } = mirror;
    const settled = await tipOf(repository);
    const words = `Ours ${this.#number}`;
    await mirror.accept(mirror.platform.change(orders, { description: words }));
    const { batchId } = await mirror.window();
    await this.#bring(moment, {
      waiting: () => this.#withoutPushes(() => mirror.deliver()),
      arrived: () => mirror.deliverAndLoseWorker(),
      restored: () => this.#restored(() => mirror.deliver()),
    });
    return {
      ...this.#common(moment, repository, await tipOf(repository)),
      ...{ product: 'mirror', stream: mirror.stream, batch: batchId!, settled },
      ...{ path: description, text: `${words}\n`, owned: clients },
      attempt: async () => (await mirror.deliver()).commits,
      approve: () => mirror.mark('adopt'),
      facts: () => this.#factsOfMirror(mirror.key, batchId!),
    };
  }

  async #factsOfMirror(key: MirrorKey, batchId: string): Promise<ChangeFacts> {
    const overview = await readMirrorOverview(this.#under.db, key);
    const change = (await this.#mirror.changes()).at(-1)!;
    const files = await this.#under.db
      .selectFrom('batchFiles')
      .select('path')
      .where('batchId', '=', batchId)
      .execute();
    return {
      state: overview!.state,
      waiting: change.deliveredAt === null,
      commit: change.commitSha,
      kept: files.length > 0,
      conflict: false,
    };
  }

  async #ofSpace(moment: Moment): Promise<Scene> {
    const space = this.#space;
    const { repository } = space;
    const settled = await tipOf(repository);
    const text = customer('acme', [`tier: ${this.#number}`]);
    const { saveId } = await this.#saveInto(text);
    await this.#bring(moment, {
      waiting: () => this.#withoutPushes(() => space.sync()),
      arrived: () => space.syncAndLoseWorker(),
      restored: async () => {
        await space.syncAndLoseWorkerBeforePush();
        await this.#restored(() => space.sync());
      },
    });
    const save = async () => (await space.saves()).find(({ id }) => id === saveId)!;
    return {
      ...this.#common(moment, repository, await tipOf(repository)),
      ...{
        product: 'space',
        stream: spaceStream(space.id),
        settled,
        path: acme,
        text,
        owned: null,
      },
      batch: (await save()).batchId!,
      attempt: async () => (await space.sync()).commits,
      approve: () => markSpace(this.#under.db, space.id, 'approve'),
      facts: async () => {
        const { state, commitSha, currentText } = await save();
        const overview = await readSpaceOverview(this.#under.db, space.id, null);
        return {
          state: overview!.state,
          waiting: state === 'waiting',
          commit: commitSha,
          kept: currentText === text,
          conflict: state === 'conflict',
        };
      },
    };
  }

  async #saveInto(text: string): Promise<{ saveId: string }> {
    await this.#space.save('acme', { text });
    return { saveId: (await this.#space.saves()).at(-1)!.id };
  }

  #common(moment: Moment, repository: GitRepository, tip: string) {
    const { installationId } = this.#under;
    return { repository, installationId, pushed: moment === 'waiting' ? null : tip };
  }

  #bring(moment: Moment, steps: Steps): Promise<void> {
    return steps[moment]();
  }

  /** An attempt during which no push arrives: its commits are recorded, and are in no repository. */
  async #withoutPushes(attempt: () => Promise<unknown>): Promise<void> {
    const { server } = this.#under;
    server.beforePush = () => Promise.reject(new Error('The host is down.'));
    const failure = await attempt().then(
      () => null,
      (error: unknown) => error,
    );
    server.beforePush = null;
    if (failure === null) throw new Error('The push arrived.');
  }

  async #restored(attempt: () => Promise<unknown>): Promise<void> {
    const restore = await backUp(this.#under.db);
    await attempt();
    await restore();
  }
}

async function tipOf(repository: GitRepository): Promise<string> {
  return (await repository.tip()) ?? '';
}
