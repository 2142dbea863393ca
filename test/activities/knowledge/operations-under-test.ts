import { randomUUID } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { beginOperation } from '../../../activities/knowledge/operations/begin-operation.ts';
import { finishOperation } from '../../../activities/knowledge/operations/finish-operation.ts';
import { askSpace, lookAtSpace } from '../../../activities/knowledge/operations/space-wish.ts';
import { workOnItems } from '../../../activities/knowledge/operations/work-on-items.ts';
import { insertItems, listItems } from '../../../db/knowledge/operation-items.ts';
import { findOperation, insertOperation } from '../../../db/knowledge/operations.ts';
import type { FinishOperationInput } from '../../../activities/knowledge/contract.ts';
import { ourselves } from '../../../model/access/actor.ts';
import {
  stagesOf,
  type OperationState,
  type OperationType,
  type SpaceWish,
} from '../../../model/knowledge/operation.ts';
import type { SpaceSignal } from '../../../temporal/knowledge/space-workflows.ts';
import { idleSpaces } from '../../support/idle-workflows.ts';
import { eva, type SpacesUnderTest, type SpaceUnderTest } from './spaces-under-test.ts';

/** What an operation is asked to do. */
export interface Asked {
  items?: Record<string, string>;
  rows?: Record<string, object>;
  dryRun?: boolean;
  update?: boolean;
  kind?: string;
}

/** An operation of a space whose workflow syncs as soon as it is told to. */
export class OperationUnderTest {
  readonly id = randomUUID();
  readonly of: SpaceUnderTest;
  readonly #shared: SpacesUnderTest;
  readonly signals: SpaceSignal[] = [];
  /** What happens when the space gets a signal: the sync itself by default. */
  onSignal: (signal: SpaceSignal) => Promise<void>;

  constructor(shared: SpacesUnderTest, of: SpaceUnderTest) {
    this.#shared = shared;
    this.of = of;
    this.onSignal = async (signal) => {
      if (signal === 'syncNow') await of.sync();
    };
  }

  /** Takes it through its stages, as its workflow does, and returns its final state. */
  run(): Promise<{ state: OperationState }> {
    const quiet = new DefaultLogger('ERROR');
    return new MockActivityEnvironment({}, { logger: quiet }).run(async () => {
      const { deps, key } = this;
      const operation = await beginOperation(deps, key);
      let late: FinishOperationInput['late'] = null;
      for (const stage of operation === null ? [] : stagesOf(operation)) {
        if (stage !== 'items') late = await this.#awaitSpace(stage);
        else while (['more', 'later'].includes(await workOnItems(deps, key)));
        if (late !== null) break;
      }
      return finishOperation(deps, { ...key, late });
    });
  }

  async #awaitSpace(wish: SpaceWish): Promise<FinishOperationInput['late']> {
    const { deps, key } = this;
    const asked = { ...key, wish, ...(await askSpace(deps, { ...key, wish })) };
    let look = await lookAtSpace(deps, asked);
    while (look.kind === 'waiting') {
      await new Promise((resolve) => setTimeout(resolve, 20));
      look = await lookAtSpace(deps, asked);
    }
    return look.kind === 'late' ? look.failure : null;
  }

  get key() {
    return { operationId: this.id };
  }

  get deps() {
    return {
      ...this.#shared,
      spaces: {
        ...idleSpaces,
        signal: async (_spaceId: string, signal: SpaceSignal) => {
          this.signals.push(signal);
          await this.onSignal(signal);
        },
      },
    };
  }

  async row() {
    const row = await findOperation(this.#shared.db, this.id);
    if (row === null) throw new Error('It is not there.');
    return row;
  }

  /** `<name>: <outcome>` of each item, in order, followed by what is wrong with it. */
  async items(): Promise<string[]> {
    const items = await listItems(this.#shared.db, this.id, {
      outcomes: null,
      after: null,
      limit: 1_000,
    });
    return items.map(({ name, outcome, message }) =>
      [name, outcome, message].filter((part) => part !== null).join(': '),
    );
  }
}

/** Stores an operation, as the API does. */
export async function storeOperation(
  shared: SpacesUnderTest,
  of: SpaceUnderTest,
  type: OperationType,
  { items, rows, dryRun = false, update = true, kind }: Asked = {},
): Promise<OperationUnderTest> {
  const operation = new OperationUnderTest(shared, of);
  const { id } = operation;
  const texts = Object.entries(items ?? {});
  const rowTexts = Object.entries(rows ?? {}).map(([name, row]) => [name, JSON.stringify(row)]);
  await shared.db.transaction().execute(async (trx) => {
    await insertOperation(trx, {
      ...{ id, spaceId: of.id, type, dryRun, person: eva, by: ourselves },
      settings: { kind: kind ?? null, update, items: rows === undefined ? 'texts' : 'rows' },
    });
    await insertItems(
      trx,
      id,
      [...texts, ...rowTexts].map(([name = '', content = '']) => ({ name, content })),
    );
  });
  return operation;
}
