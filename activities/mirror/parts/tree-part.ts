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
import type { ProjectReads } from '../../../platforms/source.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import type { Execution } from '../../streams/execution.ts';

/** What a part of the tree looks at: the mirror, its opened source, the window. */
export interface PartContext {
  deps: ActivityDependencies;
  row: Mirror;
  platform: Pick<Platform, 'parts'>;
  source: ProjectReads;
  execution: Execution;
  /** The waiting changes that were accepted before the reading began. */
  changes: readonly WaitingChange[];
  /**
   * `window`: what the changes name; `catch-up`: what nobody told as well; `everything`: all files of
   * the part.
   */
  scope: 'window' | 'catch-up' | 'everything';
  /** The branch's storage where it was read in this window; else `null`. */
  storage: ProjectStorage | null;
  /** The moment that decides what is too old. */
  asOf: Date;
}

/** What the project's summaries (guide, catalog, lineage) tell of the parts. */
export interface ShownParts {
  /** Which tables runs of jobs read and wrote. */
  jobTables: readonly ShownTable[];
  /** Whether the tree has samples. */
  samples: boolean;
}

/** What a part adds to the tree. */
export interface PartOutcome {
  /** For `everything` all files of the part; else those that may differ. */
  files: Iterable<RenderedFile> | AsyncIterable<RenderedFile>;
  /** Files that are to go; for `everything` it is not looked at: what is not in `files` goes. */
  removed: Pick<RenderedFile, 'path' | 'owner'>[];
  replacedSecrets: ReplacedSecret[];
  /** Owners are of the part, also of what is said of all of it: the status goes by them. */
  warnings: RenderWarning[];
  /**
   * Whether the part looked at this object of its, so that `warnings` tells all of it: what the status
   * says of it from before ends. Asked once `files` was gone through.
   */
  tells(owner: ObjectKey): boolean;
  /** What summaries have to tell of it from now on; what is absent is as it was. */
  shown?: Partial<ShownParts>;
  /**
   * Keeps the part's own records, in the transaction that stores the batch or marks the delivery. It
   * is not called where that transaction does not come to be: then the same work is done again.
   */
  keep(trx: Trx): Promise<void>;
}

/** A part of the tree beside what is rendered from configurations: samples, jobs. */
export type TreePart = (context: PartContext) => Promise<PartOutcome>;
