import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Event } from '../../../platforms/events/event-schema.ts';
import { someContent, someIds, someNames, someRow } from './random-content.ts';
import { SeededRandom } from '../seeded-random.ts';
import type { ApiBranch, ApiConfiguration, ApiRow } from '../../../examples/storage-api/data.ts';
import type { NewVersion } from '../../../examples/storage-api/store.ts';
import { apiMetadata } from '../../../examples/storage-api/tables.ts';
import type { StorageApi } from '../../../examples/storage-api/storage-api.ts';

/**
 * A change that someone makes in the platform; what it affects depends on what exists at that time.
 */
export interface RandomChange {
  action: keyof typeof actions;
  /** Determines all choices of the change. */
  seed: number;
  /** Whether Gitward gets an event; otherwise a catch-up has to find the change. */
  told: boolean;
}

/** The result of a change. */
export interface AppliedChange {
  /** A description for whoever reads a failing test. */
  said: string;
  /** The events to send to Gitward; empty if it gets none. */
  events: Event[];
  /** Whether something changed without an event. */
  silent: boolean;
  /** The branch in which it was made. */
  branchId: string;
}

/** Any change; most have an event. */
export function anyChange(): fc.Arbitrary<RandomChange> {
  return fc.noBias(
    fc.record({
      action: fc.constantFrom(...weighted()),
      seed: fc.nat({ max: 1_000_000 }),
      told: fc.nat({ max: 9 }).map((chance) => chance > 0),
    }),
  );
}

/** Makes changes in a running stand-in, one second apart. */
export class PlatformPeople {
  readonly #api: StorageApi;
  #now: number;

  /** The changes begin after a time in milliseconds, by default the start of 2026. */
  constructor(api: StorageApi, begin = Date.parse('2026-01-02T00:00:00Z')) {
    this.#api = api;
    this.#now = begin;
  }

  /** The time of the next change, for one that somebody else makes. */
  later(): Date {
    this.#now += 1_000;
    return new Date(this.#now);
  }

  /** Makes a change in a branch, by default in the default branch. Storage changes only there. */
  make({ action, seed, told }: RandomChange, branchId?: string): AppliedChange {
    const at = this.later();
    const branch = this.#api.project.branches.find(({ id, isDefault }) =>
      branchId === undefined || storageActions.includes(action)
        ? isDefault
        : String(id) === branchId,
    );
    if (branch === undefined) throw new Error('The project has no such branch.');
    const hand = new Hand(this.#api, branch, new SeededRandom(seed), at);
    const said = actions[action].act(hand);
    const silent = hand.silent || (!told && hand.events.length > 0);
    return {
      said: `${said}${silent ? ' (nobody tells)' : ''}`,
      events: told ? hand.events : [],
      silent,
      branchId: String(branch.id),
    };
  }
}

/** Makes one change: where, when, and with which choices. */
class Hand {
  readonly events: Event[] = [];
  silent = false;
  readonly api: StorageApi;
  readonly branch: ApiBranch;
  readonly random: SeededRandom;
  readonly at: Date;

  constructor(api: StorageApi, branch: ApiBranch, random: SeededRandom, at: Date) {
    this.api = api;
    this.branch = branch;
    this.random = random;
    this.at = at;
  }

  get components(): string[] {
    return this.api.project.index.components.map(({ id }) => id);
  }

  keyOf({ componentId, id }: Pick<ApiConfiguration, 'componentId' | 'id'>) {
    return { componentId, configId: id, branchId: String(this.branch.id) };
  }

  /** Makes a new version of an existing configuration; does nothing if there is none. */
  save(
    version: (config: ApiConfiguration) => NewVersion,
    among = this.branch.configurations,
  ): string {
    if (among.length === 0) return 'nothing: there is no such configuration';
    const config = this.random.of(among);
    const fields = version(config);
    const author = this.random.of(['eva@example.com', 'jan@example.com']);
    this.events.push(this.api.change(this.keyOf(config), { ...fields, author, at: this.at }));
    return `${config.componentId}/${config.id}: ${JSON.stringify(fields).slice(0, 200)}`;
  }

  /** Changes one row of a configuration that has rows. */
  saveRow(change: (row: ApiRow, config: ApiConfiguration) => Partial<ApiRow>): string {
    return this.save(
      (config) => {
        const chosen = this.random.of(config.rows);
        return {
          rows: config.rows.map((row) =>
            row === chosen ? { ...row, ...change(row, config), version: row.version + 1 } : row,
          ),
        };
      },
      this.branch.configurations.filter(({ rows }) => rows.length > 0),
    );
  }

  storageEvent(
    about: { tableId: string } | { bucketId: string },
    kind: 'changed' | 'deleted',
  ): void {
    this.events.push({
      type: 'storage_changed',
      ...this.#common(),
      ...about,
      kind,
      eventId: randomUUID(),
    });
  }

  branchEvent(): void {
    this.events.push({
      type: 'branch_changed',
      ...this.#common(),
      kind: 'renamed',
      eventId: randomUUID(),
    });
  }

  #common() {
    return {
      projectId: this.api.projectId,
      branchId: String(this.branch.id),
      author: 'eva@example.com',
      committedAt: this.at.toISOString(),
    };
  }
}

/** What people do, and how often. Each returns a description of what it did. */
const actions = {
  describe: {
    weight: 2,
    act: (hand: Hand) => hand.save(() => ({ description: `Text ${hand.random.below(100)}` })),
  },
  rename: {
    weight: 4,
    act: (hand: Hand) => hand.save(() => ({ name: hand.random.of(someNames) })),
  },
  content: {
    weight: 6,
    act: (hand: Hand) =>
      hand.save(({ componentId }) => ({ configuration: someContent(hand.random, componentId) })),
  },
  disable: {
    weight: 1,
    act: (hand: Hand) => hand.save(({ isDisabled }) => ({ isDisabled: !isDisabled })),
  },
  'swap names': { weight: 2, act: swapNames },
  create: { weight: 6, act: create },
  delete: { weight: 3, act: remove },
  recreate: { weight: 2, act: recreate },
  'add row': {
    weight: 4,
    act: (hand: Hand) =>
      hand.save(({ componentId, rows }) => {
        const free = someIds.filter((id) => rows.every((row) => row.id !== id));
        const added = free.slice(0, 1).map((id) => someRow(hand.random, componentId, id));
        return { rows: [...rows, ...added] };
      }),
  },
  'change row': {
    weight: 2,
    act: (hand: Hand) =>
      hand.saveRow(({ id }, { componentId }) => ({
        configuration: someRow(hand.random, componentId, id).configuration,
      })),
  },
  'rename row': {
    weight: 3,
    act: (hand: Hand) => hand.saveRow(() => ({ name: hand.random.of(someNames) })),
  },
  'swap row names': {
    weight: 1,
    act: (hand: Hand) =>
      hand.save(
        ({ rows }) => {
          const [one, other] = [hand.random.of(rows), hand.random.of(rows)];
          const names = new Map([
            [one, other.name],
            [other, one.name],
          ]);
          return { rows: rows.map((row) => ({ ...row, name: names.get(row) ?? row.name })) };
        },
        hand.branch.configurations.filter(({ rows }) => rows.length > 1),
      ),
  },
  'disable row': {
    weight: 1,
    act: (hand: Hand) => hand.saveRow(({ isDisabled }) => ({ isDisabled: !isDisabled })),
  },
  'delete row': {
    weight: 2,
    act: (hand: Hand) =>
      hand.save(
        ({ rows }) => {
          const gone = hand.random.of(rows);
          return { rows: rows.filter((row) => row !== gone) };
        },
        hand.branch.configurations.filter(({ rows }) => rows.length > 0),
      ),
  },
  'reorder rows': {
    weight: 1,
    act: (hand: Hand) => hand.save(({ rows }) => ({ rows: [...rows].reverse() })),
  },
  metadata: {
    weight: 2,
    act: (hand: Hand) =>
      hand.save((config) => {
        config.metadata = someMetadata(hand.random);
        return { changeDescription: 'Metadata' };
      }),
  },
  'metadata alone': { weight: 1, act: metadataAlone },
  'put table': { weight: 2, act: putTable },
  'load table': {
    weight: 1,
    act: (hand: Hand) => {
      const { tables } = hand.branch;
      if (tables.length === 0) return 'nothing: there is no table';
      const { id } = hand.random.of(tables);
      hand.api.importTable(id, { at: hand.at });
      hand.storageEvent({ tableId: id }, 'changed');
      return `load ${id}`;
    },
  },
  'delete table': {
    weight: 1,
    act: (hand: Hand) => {
      const { tables } = hand.branch;
      if (tables.length === 0) return 'nothing: there is no table';
      const { id } = hand.random.of(tables);
      hand.api.deleteTable(id);
      hand.storageEvent({ tableId: id }, 'deleted');
      return `delete ${id}`;
    },
  },
  'delete bucket': { weight: 1, act: deleteBucket },
  'describe branch': { weight: 1, act: describeBranch },
  'rename branch': {
    weight: 1,
    act: (hand: Hand) => {
      hand.branch.name = hand.random.of(['Main', 'Production', 'main']);
      hand.branchEvent();
      return `the branch is ${hand.branch.name}`;
    },
  },
  'another component': { weight: 1, act: changeComponent },
};

/** These change the storage, or the list of components, which all branches share. */
const storageActions: readonly RandomChange['action'][] = [
  ...(['put table', 'load table', 'delete table', 'delete bucket', 'another component'] as const),
];

function weighted(): RandomChange['action'][] {
  return Object.entries(actions).flatMap(([name, { weight }]) =>
    Array.from({ length: weight }, () => name as RandomChange['action']),
  );
}

/** A free id has often been used before. */
function create(hand: Hand): string {
  const { random, branch } = hand;
  const componentId = random.of(hand.components);
  const taken = new Set(
    branch.configurations.filter((one) => one.componentId === componentId).map(({ id }) => id),
  );
  const free = someIds.filter((id) => !taken.has(id));
  if (free.length === 0) return `nothing: ${componentId} has all its ids`;
  const configId = random.of(free);
  const ids = someIds.slice(0, random.below(3));
  const version: NewVersion = {
    name: random.of(someNames),
    configuration: someContent(random, componentId),
    rows: ids.map((id) => someRow(random, componentId, id)),
    at: hand.at,
  };
  hand.events.push(hand.api.create(hand.keyOf({ componentId, id: configId }), version));
  return `create ${componentId}/${configId}: ${JSON.stringify(version).slice(0, 200)}`;
}

function remove(hand: Hand): string {
  const { configurations } = hand.branch;
  if (configurations.length === 0) return 'nothing: there is no configuration';
  const key = hand.keyOf(hand.random.of(configurations));
  hand.events.push(hand.api.change(key, { changeDescription: 'Deleted', at: hand.at }));
  hand.api.delete(key);
  return `delete ${key.componentId}/${key.configId}`;
}

/** A configuration is deleted, and another one gets its id, or its name. */
function recreate(hand: Hand): string {
  const { random, branch } = hand;
  if (branch.configurations.length === 0) return 'nothing: there is no configuration';
  const { componentId, id, name } = random.of(branch.configurations);
  const free = someIds.filter((other) =>
    branch.configurations.every((one) => one.componentId !== componentId || one.id !== other),
  );
  const version: NewVersion = {
    name: random.oneIn(2) ? name : random.of(someNames),
    configuration: someContent(random, componentId),
    at: hand.at,
  };
  const key = hand.keyOf({ componentId, id });
  hand.events.push(hand.api.change(key, { changeDescription: 'Deleted', at: hand.at }));
  hand.api.delete(key);
  const configId = random.oneIn(2) && free.length > 0 ? random.of(free) : id;
  hand.events.push(hand.api.create({ ...key, configId }, version));
  return `recreate ${componentId}/${id} as ${configId}: ${JSON.stringify(version).slice(0, 200)}`;
}

/** Two configurations swap their names, in two versions. */
function swapNames(hand: Hand): string {
  const { configurations } = hand.branch;
  if (configurations.length < 2) return 'nothing: there is no configuration';
  const one = hand.random.of(configurations);
  const alike = configurations.filter(
    ({ componentId }) => componentId === one.componentId || hand.random.oneIn(20),
  );
  const other = hand.random.of(alike);
  const [name, otherName] = [other.name, one.name];
  hand.events.push(hand.api.change(hand.keyOf(one), { name, at: hand.at }));
  if (other !== one)
    hand.events.push(hand.api.change(hand.keyOf(other), { name: otherName, at: hand.at }));
  return `swap the names of ${one.componentId}/${one.id} and ${other.componentId}/${other.id}`;
}

/** The platform makes no version for it and sends no event. */
function metadataAlone(hand: Hand): string {
  const { configurations } = hand.branch;
  if (configurations.length === 0) return 'nothing: there is no configuration';
  const config = hand.random.of(configurations);
  config.metadata = someMetadata(hand.random);
  hand.silent = true;
  return `metadata of ${config.componentId}/${config.id}`;
}

function someMetadata(random: SeededRandom) {
  return random.some(['KBC.configuration.folderName', 'team'], 2).map((key, index) => ({
    id: String(index),
    key,
    value: `Value ${random.below(10)}`,
    timestamp: '2026-01-01T00:00:00+0100',
  }));
}

function putTable(hand: Hand): string {
  const { random } = hand;
  const id = random.of([
    ...['in.c-shop.orders', 'in.c-shop.lines', 'in.c-shop.Orders', 'out.c-shop.result'],
    `in.c-keboola-ex-aws-s3-${random.of(someIds)}.orders`,
  ]);
  const columns = ['id', ...random.some(['day', 'amount'], 2)];
  const metadata = apiMetadata({
    user: { 'KBC.description': `Text ${random.below(10)}` },
    system: {
      'KBC.createdBy.component.id': random.of(hand.components),
      'KBC.createdBy.configuration.id': random.of(someIds),
    },
  });
  hand.api.putTable(id, { columns: [...new Set(columns)], metadata });
  hand.storageEvent({ tableId: id }, 'changed');
  return `table ${id}`;
}

function deleteBucket(hand: Hand): string {
  const { buckets } = hand.branch;
  if (buckets.length === 0) return 'nothing: there is no bucket';
  const { id } = hand.random.of(buckets);
  hand.branch.buckets = buckets.filter((bucket) => bucket.id !== id);
  hand.branch.tables = hand.branch.tables.filter((table) => !table.id.startsWith(`${id}.`));
  hand.storageEvent({ bucketId: id }, 'deleted');
  return `delete ${id}`;
}

/** Changes a description of the branch or the project: no version, no event. */
function describeBranch(hand: Hand): string {
  const text = `Text ${hand.random.below(100)}`;
  hand.silent = true;
  if (hand.random.oneIn(2)) {
    hand.branch.description = text;
    return `the branch's description is ${text}`;
  }
  const timestamp = '2026-01-01T00:00:00+0100';
  const key = hand.random.of(['KBC.projectDescription', 'team']);
  hand.branch.metadata = [{ id: '1', key, value: text, timestamp }];
  return `the branch's ${key} is ${text}`;
}

/** A component changes in the platform: it gets or loses its default bucket. */
function changeComponent(hand: Hand): string {
  const component = hand.random.of(hand.api.project.index.components);
  const has = component.data.default_bucket;
  component.data = { default_bucket: !has, default_bucket_stage: has ? '' : 'in' };
  hand.silent = true;
  return `${component.id} ${has ? 'loses its' : 'gets a'} default bucket`;
}
