import type { TSchema } from 'typebox';
import type { Dispatcher } from 'undici';
import type { MirrorEnding } from '../model/mirror/branches.ts';
import type { FeedKind } from '../model/mirror/feed.ts';
import type { JobsPolicy, MirrorPolicy } from '../model/mirror/mirror.ts';
import type { SamplesPolicy } from '../model/mirror/samples.ts';
import type { ShownTable } from '../model/platform/job.ts';
import type { ObjectName, ObjectVersion } from '../model/platform/object.ts';
import type { AppliedSampleChange } from '../model/platform/sample-change.ts';
import type { ProjectStorage } from '../model/platform/storage.ts';
import type {
  Findings,
  GivenPaths,
  ObjectKey,
  RenderedFile,
  WrittenProject,
} from '../model/platform/tree.ts';
import type { PlatformEvents } from './events/platform-events.ts';
import type { LayoutReading } from './reading/layout-reading.ts';
import type { BranchFacts, Source, SourceAddress } from './source.ts';
import type { SourceTraffic } from './traffic/source-traffic.ts';

/**
 * A platform whose projects can be mirrored. This is the only interface between Gitward and the contents of a
 * project. To add a platform, add a folder that exports one of these, and a line in `platforms/index.ts`.
 *
 * `O` is an object of the platform (in Keboola, a configuration with its rows). `Details` is what the layout
 * needs to know besides objects and tables. Only the platform itself looks into either. Both must survive
 * `structuredClone`, because what was last read is stored.
 */
export interface Platform<O = unknown, Details = unknown> {
  /** The name of the platform in a project's `source`. It is stored, so it must never change. */
  readonly kind: string;
  readonly settings: PlatformSettings;
  /** Opens a project. Throws a `StreamFailure` if the address or the token cannot be valid. */
  open(address: SourceAddress, surroundings: Surroundings): Source<O, Details>;
  readonly events: PlatformEvents;
  /** The feeds that its sources have, which tell of changes that nobody reports. */
  readonly feeds: readonly FeedKind[];
  readonly objects: PlatformObjects<O, Details>;
  readonly layout: PlatformLayout<O, Details>;
  /** The optional parts of its trees, in addition to the files of objects and tables. */
  readonly parts: readonly PartName[];
}

/** A part of a tree with its own files: the first rows of tables, or the runs of jobs. */
export type PartName = 'samples' | 'jobs';

/** The fields of a project's `source`, besides its `kind`. */
export interface PlatformSettings {
  /** A short title, for choosing a platform. */
  readonly title: string;
  /** Whether people choose the id of a project, because its source does not say it. Defaults to `false`. */
  readonly choosesId?: boolean;
  /**
   * The HTTP address of the platform, which is checked before it is stored. Absent if it needs no address.
   */
  readonly url?: { schema: TSchema; title: string };
  /** The secret that opens the project, which is sealed and never returned. Absent if it needs no secret. */
  readonly token?: { schema: TSchema; title: string };
}

/** What a platform needs to open a source. */
export interface Surroundings {
  /** Empty before the project is added, unless people choose it: see `PlatformSettings.choosesId`. */
  projectId: string;
  /** Makes connections, and refuses addresses that the installation's settings do not allow. */
  dispatcher: Dispatcher;
  /** Checks an address and returns it normalised. Throws `StreamFailure('address_refused')`. */
  checkUrl: (url: string) => string;
  /** The turns of this project at a host. */
  trafficTo: (url: URL) => SourceTraffic;
  /** The changes that were requested for this project, in order. Only sample projects have any. */
  listChanges: () => Promise<readonly AppliedSampleChange[]>;
}

/** What mirrors need to know about a platform's objects. All of these functions are pure. */
export interface PlatformObjects<O = unknown, Details = unknown> {
  keyOf(branchId: string, name: ObjectName): ObjectKey;
  /** The name of the object with this key, which {@link keyOf} returned. */
  nameOf(key: ObjectKey): ObjectName;
  /**
   * The key of the object that owns a file, given the file's owner. `null` if the file does not belong to an
   * object.
   */
  objectOf(owner: ObjectKey): ObjectKey | null;
  versionOf(object: O): ObjectVersion;
  /**
   * The part of an object that determines paths, and what the files of other objects say about it. An outline
   * can take the place of its object when other objects are written.
   */
  outlineOf(object: O): O;
  /** Whether an object or an outline can refer to other objects whose paths then appear in its files. */
  refersToOthers(object: O): boolean;
  /** Whether two outlines are the same in everything that other files may depend on. */
  isSameOutline(a: O, b: O): boolean;
  /** Whether the same objects give the same files with both details. */
  writesAlike(a: Details, b: Details): boolean;
  /** Why a source sees less now than it did before, as a sentence; `null` if it does not. */
  seesLess(before: Details, now: Details): string | null;
  /** The word for objects of a kind in commit messages, such as `extractor`. */
  wordFor(kind: string): string;
}

/** A branch whose files are to be written. Its objects are complete or outlines. */
export interface LaidOutBranch<O = unknown, Details = unknown> {
  facts: BranchFacts<Details>;
  storage: ProjectStorage | null;
  /** In the platform's order. */
  objects: readonly O[];
}

/** How to assign paths to objects. */
export interface PlacingOptions {
  /** The paths that objects already have. Empty for a first rendering. */
  givenPaths: GivenPaths;
  branchPath: MirrorPolicy['branchPath'];
}

/** What to write, and how. */
export interface WritingOptions<O = unknown> {
  secrets: MirrorPolicy['secrets'];
  storage: MirrorPolicy['storage'];
  /** The tables that runs of jobs were seen to read and write. */
  jobTables: readonly ShownTable[];
  /** The policies of the parts that exist, or `null` for a part that does not. */
  parts: { jobs: JobsPolicy | null; samples: SamplesPolicy | null };
  /** Returns the complete object for an outline. Called once or twice for each object that is written. */
  whole(outline: O): O;
  /** The groups to write files for. Defaults to all. */
  only?: ReadonlySet<ObjectKey>;
  /** Whether to write the files that summarise all groups too. Defaults to `true`. */
  summaries?: boolean;
  /** The earlier findings of groups that are not written this time. */
  findings?: ReadonlyMap<ObjectKey, Findings>;
}

/** A branch whose objects have paths. It can be written only once. */
export interface PlacedBranch<O = unknown> {
  /** The paths of the objects. Writing may still find that something in an object cannot be written. */
  paths: GivenPaths;
  /** Yields files as they are made, and keeps none of their bytes. */
  write(options: WritingOptions<O>): Generator<RenderedFile[], WrittenProject>;
}

/** A branch that no longer exists in the platform, with everything that is still known about it. */
export interface EndedBranch<O = unknown, Details = unknown> {
  projectId: string;
  branchId: string;
  /** The branch as it was last read, or `null` if that was lost. */
  last: LaidOutBranch<O, Details> | null;
  givenPaths: GivenPaths;
  findings: ReadonlyMap<ObjectKey, Findings>;
  policy: MirrorPolicy;
  hasSamples: boolean;
  ended: MirrorEnding;
}

/**
 * How a branch becomes files. Pure: the same branch, paths and options give the same tree. Anything that
 * cannot be written is left out with a warning, and the rest is still written.
 */
export interface PlatformLayout<O = unknown, Details = unknown> {
  /**
   * The folders inside its place that belong to a mirror. Only the mirror writes there, and it writes nowhere
   * else.
   */
  readonly ownedFolders: readonly string[];
  /** Files that summarise many objects, and are written again when any of these changes. */
  readonly summaries: {
    /** The prefixes of their owners' keys. */
    readonly kinds: readonly string[];
    /** The folders of those summaries that change when old runs of jobs are removed. */
    readonly folders: readonly string[];
  };
  /** The prefixes of the keys that own the files of tables. */
  readonly storageKinds: readonly string[];
  /** The text in a commit message above the list of what the layout left out. */
  readonly leftOut: { folder: string; title: string } | null;
  /**
   * The paths of objects, as far as the files and their owners show them. Used when a mirror has lost its
   * snapshot.
   */
  givenPaths(files: Iterable<Pick<RenderedFile, 'path' | 'owner'>>): GivenPaths;
  place(branch: LaidOutBranch<O, Details>, options: PlacingOptions): PlacedBranch<O>;
  /** Whether a branch has the same files with both of its storages. */
  isSameStorage(a: ProjectStorage, b: ProjectStorage, policy: MirrorPolicy['storage']): boolean;
  /** Those of these objects whose own path changed, or whose files may differ because other paths did. */
  affectedBy(
    before: GivenPaths,
    after: GivenPaths,
    objects: ReadonlyMap<ObjectKey, O>,
  ): ReadonlySet<ObjectKey>;
  /**
   * The guide of a branch that no longer exists, which says what happened to it. `null` if its trees have no
   * guide.
   */
  endedGuide(ended: EndedBranch<O, Details>): RenderedFile | null;
  /** How such trees are read again. */
  readonly reading: LayoutReading;
}

/** The available platforms. */
export interface Platforms {
  readonly all: readonly Platform[];
  /** The platform of a stored project. Throws if this version does not have the platform. */
  of(kind: string): Platform;
}
