import { randomUUID } from 'node:crypto';
import type { ApiBranch, StorageApiProject } from './data.ts';
import { apiBucket, apiTable, type ApiBucket, type ApiTable } from './tables.ts';

/** The new state of a table. Absent fields do not change, or are those of a new table. */
export type NewTable = Partial<ApiTable> & {
  branchId?: number | string;
  /** The fields of its bucket. */
  bucket?: Partial<ApiBucket>;
};

/** The changes that a load of data makes. */
export interface NewLoad {
  branchId?: number | string;
  /** Defaults to 100 more. */
  rowsCount?: number;
  /** Defaults to now. */
  at?: Date;
}

/** The event that reports a change of the storage to Gitward: the body of `POST /v1/events`. */
export interface StorageChanged {
  type: 'storage_changed';
  projectId: string;
  branchId: string;
  tableId: string;
  kind: 'created' | 'changed' | 'imported' | 'deleted';
  author: string;
  committedAt: string;
  eventId: string;
}

/** Changes a project's buckets and tables as the platform does when people and jobs work in it. */
export class StorageApiTableStore {
  readonly #project: StorageApiProject;

  constructor(project: StorageApiProject) {
    this.#project = project;
  }

  put(id: string, { branchId, bucket, ...fields }: NewTable = {}): StorageChanged {
    const branch = this.#branch(branchId);
    const bucketId = id.split('.').slice(0, 2).join('.');
    let holder = branch.buckets.find((one) => one.id === bucketId);
    if (holder === undefined) branch.buckets.push((holder = apiBucket(bucketId)));
    Object.assign(holder, bucket);
    const found = branch.tables.find((one) => one.id === id);
    if (found === undefined) branch.tables.push({ ...apiTable(id), ...fields });
    else Object.assign(found, fields);
    return this.#event(branch, id, found === undefined ? 'created' : 'changed', new Date());
  }

  import(id: string, { branchId, rowsCount, at = new Date() }: NewLoad = {}): StorageChanged {
    const branch = this.#branch(branchId);
    const table = branch.tables.find((one) => one.id === id);
    const bucket = branch.buckets.find((one) => id.startsWith(`${one.id}.`));
    if (table === undefined || bucket === undefined) throw new Error(`There is no table ${id}.`);
    const rows = rowsCount ?? (table.rowsCount ?? 0) + 100;
    const date = at.toISOString().replace(/\.\d+Z$/, '+0000');
    bucket.rowsCount += rows - (table.rowsCount ?? 0);
    bucket.lastChangeDate = date;
    Object.assign(table, {
      rowsCount: rows,
      dataSizeBytes: rows * 64,
      lastImportDate: date,
      lastChangeDate: date,
    });
    return this.#event(branch, id, 'imported', at);
  }

  delete(id: string): StorageChanged {
    const branch = this.#branch(undefined);
    branch.tables = branch.tables.filter((one) => one.id !== id);
    return this.#event(branch, id, 'deleted', new Date());
  }

  #branch(branchId: number | string | undefined): ApiBranch {
    const branch = this.#project.branches.find(({ id, isDefault }) =>
      branchId === undefined ? isDefault : String(id) === String(branchId),
    );
    if (branch === undefined) throw new Error(`There is no branch ${branchId ?? '(default)'}.`);
    return branch;
  }

  #event(
    branch: ApiBranch,
    tableId: string,
    kind: StorageChanged['kind'],
    at: Date,
  ): StorageChanged {
    return {
      type: 'storage_changed',
      projectId: String(this.#project.token.owner.id),
      branchId: String(branch.id),
      tableId,
      kind,
      author: 'eva@example.com',
      committedAt: at.toISOString(),
      eventId: randomUUID(),
    };
  }
}
