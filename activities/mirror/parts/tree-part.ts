import type { Trx } from '../../../db/connect.ts';
import type { Mirror } from '../../../db/mirror/mirrors.ts';
import type { WaitingChange } from '../../../model/mirror/events.ts';
import type { ShownTable } from '../../../model/platform/job.ts';
import type { ProjectStorage } from '../../../model/platform/storage.ts';
import type {
  ObjectKey,
  RenderedFile,
  RenderWarning,
  ReplacedSecret,
} from '../../../model/platform/tree.ts';
import type { Platform } from '../../../platforms/platform.ts';
import type { Visibility } from '../../../model/streams/visibility.ts';
import type { ProjectReads } from '../../../platforms/source.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import type { Execution } from '../../streams/execution.ts';

/** What a part of the tree works with: the mirror, its opened source, the window. */
export interface PartContext {
  deps: Pick<ActivityDependencies, 'db' | 'sealer' | 'git' | 'hosts'>;
  row: Mirror;
  platform: Pick<Platform, 'parts'>;
  source: ProjectReads;
  execution: Execution;
  /** The waiting changes that were accepted before the reading began. */
  changes: readonly WaitingChange[];
  /**
   * `window`: what the changes name; `catch-up`: also what nobody reported; `everything`: all files of
   * the part.
   */
  scope: 'window' | 'catch-up' | 'everything';
  /** The branch's storage if it was read in this window; otherwise `null`. */
  storage: ProjectStorage | null;
  /** The time that decides what is too old. */
  asOf: Date;
  /** Who may read the repository, if that was asked already; otherwise it is asked, and the answer stored. */
  visibility?: Visibility | null;
}

/** What the project's summaries (guide, catalog, lineage) show of the parts. */
export interface ShownParts {
  /** Which tables job runs read and wrote. */
  jobTables: readonly ShownTable[];
  /** Whether the tree has samples. */
  samples: boolean;
}

/** What a part adds to the tree. */
export interface PartOutcome {
  /** For `everything`, all files of the part; otherwise those that may differ. */
  files: Iterable<RenderedFile> | AsyncIterable<RenderedFile>;
  /** Files to remove. Ignored for `everything`, which removes whatever is not in `files`. */
  removed: Pick<RenderedFile, 'path' | 'owner'>[];
  replacedSecrets: ReplacedSecret[];
  /** Owners must belong to the part, even for warnings about all of it: the status sorts warnings by owner. */
  warnings: RenderWarning[];
  /**
   * Whether the part checked this object, so that `warnings` is complete for it and its earlier warnings are
   * dropped from the status. Called after iterating over `files`.
   */
  tells(owner: ObjectKey): boolean;
  /** What summaries should show of it from now on; what is absent stays as it was. */
  shown?: Partial<ShownParts>;
  /**
   * Stores the part's own records, in the transaction that stores the batch or marks the delivery. It is
   * not called if there is no such transaction: the same work is then done again.
   */
  keep(trx: Trx): Promise<void>;
}

/** A part of the tree that is not rendered from configurations: samples, jobs. */
export type TreePart = (context: PartContext) => Promise<PartOutcome>;
