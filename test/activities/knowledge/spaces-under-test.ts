import { acceptSave, type AcceptedSave } from '../../../db/knowledge/saves.ts';
import { findEntry, type Entry } from '../../../db/knowledge/entries.ts';
import { jsonb } from '../../../db/storable.ts';
import type { SyncSpaceResult } from '../../../activities/knowledge/contract.ts';
import { textBlobId } from '../../../knowledge/entries/blob-id.ts';
import { builtInKinds, kindOfPath, kindsOf } from '../../../knowledge/kinds/kinds.ts';
import { readEntry } from '../../../knowledge/entries/read-entry.ts';
import { ourselves } from '../../../model/access/actor.ts';
import type { SaveAction } from '../../../model/knowledge/entry.ts';
import type { SpaceRules } from '../../../model/knowledge/space.ts';
import type { GitRepository } from '../../support/git-repository.ts';
import {
  activitiesUnderTest,
  type Activities,
  type UnderTestOptions,
} from '../activities-under-test.ts';

export const eva = { name: 'Eva Nová', email: 'eva@example.com' };
export const jan = { name: 'Jan Malý', email: 'jan@example.com' };

/** The file of a customer, with these lines of front matter in addition to `id` and `name`. */
export function customer(id: string, lines: string[] = [], body = `# ${id}\n`): string {
  return ['---', `id: ${id}`, `name: ${id.toUpperCase()}`, ...lines, '---', body].join('\n');
}

/** A save as a test specifies it; `text: null` removes the entry. */
export interface AskedSave {
  path?: string;
  text: string | null;
  /** The entry's kind, if that is not the one of its folder. */
  kind?: string;
  person?: typeof eva;
  action?: SaveAction;
  message?: string;
  /** The current head by default. */
  base?: string | null;
}

/** What {@link spacesUnderTest} returns. */
export type SpacesUnderTest = Awaited<ReturnType<typeof spacesUnderTest>>;

/** The real activities with real servers, and spaces to run them on; call this at the top level of a test file. */
export async function spacesUnderTest(options: UnderTestOptions = {}) {
  const under = await activitiesUnderTest(options);
  let spaces = 0;

  /** A new space with a repository of its own that holds these files. */
  async function space(
    files: Record<string, string> = {},
    rules: Partial<SpaceRules> = {},
  ): Promise<SpaceUnderTest> {
    spaces += 1;
    const id = `space-${spaces}`;
    const repository = await under.server.createRepository(id);
    if (Object.keys(files).length > 0) await repository.commit({ files, message: 'Begin' });
    await under.db
      .insertInto('spaces')
      .values({
        id,
        name: id,
        repositoryUrl: under.server.url(id),
        repositoryBranch: 'main',
        credentialId: under.credentialId,
        root: 'knowledge',
        rules: jsonb({ publicKinds: [], index: false, notify: { emails: [] }, ...rules }),
      })
      .execute();
    return new SpaceUnderTest(under, id, repository);
  }

  return { ...under, space };
}

/** One space and its repository. */
export class SpaceUnderTest {
  readonly id: string;
  readonly repository: GitRepository;
  readonly #under: Activities;

  constructor(under: Activities, id: string, repository: GitRepository) {
    this.#under = under;
    this.id = id;
    this.repository = repository;
  }

  get db() {
    return this.#under.db;
  }

  sync(): Promise<SyncSpaceResult> {
    return this.#under.run(() => this.#under.activities.syncSpace({ spaceId: this.id }));
  }

  /** Loses the worker after the push has arrived, before it can read that back. */
  async syncAndLoseWorker(): Promise<void> {
    const { hooks } = this.#under;
    hooks.afterPush = () => Promise.reject(new Error('The worker is gone.'));
    try {
      await this.sync();
    } catch (error) {
      if (String(error).includes('The worker is gone')) return;
      throw error;
    } finally {
      hooks.afterPush = null;
    }
    throw new Error('The worker was not lost.');
  }

  /**
   * Loses the worker after it has gathered the waiting saves into batches, before it sends them.
   */
  async syncAndLoseWorkerBeforePush(): Promise<void> {
    const { hooks } = this.#under;
    hooks.beforePlan = () => Promise.reject(new Error('The worker is gone.'));
    try {
      await this.sync();
    } catch (error) {
      if (String(error).includes('The worker is gone')) return;
      throw error;
    } finally {
      hooks.beforePlan = null;
    }
    throw new Error('The worker was not lost.');
  }

  /** Accepts a save, as the API does. */
  async save(entryId: string, asked: AskedSave): Promise<AcceptedSave> {
    const { text, person = eva, message = null } = asked;
    const entry = await findEntry(this.db, this.id, entryId);
    const path = entry?.path ?? asked.path ?? `knowledge/customers/${entryId}.md`;
    const kind =
      kindOfPath(kindsOf([]), 'knowledge', path) ??
      (asked.kind === undefined ? null : builtInKinds[0]);
    if (kind == null) throw new Error(`${path} is no entry.`);
    const read = text === null ? null : readEntry(text, kind);
    return this.db.transaction().execute((trx) =>
      acceptSave(trx, {
        spaceId: this.id,
        entryId,
        kind: asked.kind ?? kind.name,
        path,
        action: asked.action ?? (text === null ? 'delete' : entry === null ? 'create' : 'edit'),
        base: asked.base === undefined ? (entry?.headBlob ?? null) : asked.base,
        content:
          text === null || read === null
            ? null
            : { text, blob: textBlobId(text), declaredId: read.id, ...read },
        person,
        by: ourselves,
        via: 'api',
        message,
      }),
    );
  }

  /** Accepts a move of an entry's file, as the API does. */
  async move(entryId: string, to: string, person = eva): Promise<AcceptedSave> {
    const entry = await this.entry(entryId);
    const { headText, headBlob, path, kind, declaredId, title, fields, problems } = entry;
    return this.db.transaction().execute((trx) =>
      acceptSave(trx, {
        ...{ spaceId: this.id, entryId, kind, path, action: 'move', moveTo: to, base: headBlob },
        content: {
          ...{ text: headText ?? '', blob: headBlob ?? '' },
          ...{ declaredId, title, fields, problems },
        },
        ...{ person, by: ourselves, via: 'api', message: null },
      }),
    );
  }

  async entry(id: string): Promise<Entry> {
    const entry = await findEntry(this.db, this.id, id);
    if (entry === null) throw new Error(`There is no entry ${id}.`);
    return entry;
  }

  /** The ids of all entries. */
  async ids(): Promise<string[]> {
    const rows = await this.db
      .selectFrom('entries')
      .select('id')
      .where('spaceId', '=', this.id)
      .orderBy('id')
      .execute();
    return rows.map(({ id }) => id);
  }

  row() {
    return this.db
      .selectFrom('spaces')
      .selectAll()
      .where('id', '=', this.id)
      .executeTakeFirstOrThrow();
  }

  saves() {
    return this.db
      .selectFrom('saves')
      .selectAll()
      .where('spaceId', '=', this.id)
      .orderBy('sequence')
      .execute();
  }

  conflicts() {
    return this.db
      .selectFrom('conflicts')
      .selectAll()
      .where('spaceId', '=', this.id)
      .orderBy('createdAt')
      .execute();
  }

  /**
   * The versions of an entry, newest first, as `<subject>: <path>`; `removed` instead of a path if
   * the entry was removed.
   */
  async versions(entryId: string): Promise<string[]> {
    const rows = await this.db
      .selectFrom('entryVersions')
      .innerJoin('spaceCommits', (join) =>
        join
          .onRef('spaceCommits.spaceId', '=', 'entryVersions.spaceId')
          .onRef('spaceCommits.position', '=', 'entryVersions.position'),
      )
      .select(['subject', 'path', 'blobId'])
      .where('entryVersions.spaceId', '=', this.id)
      .where('entryId', '=', entryId)
      .orderBy('entryVersions.position', 'desc')
      .execute();
    return rows.map(({ subject, path, blobId: blob }) =>
      [subject, blob === null ? 'removed' : path].join(': '),
    );
  }
}
