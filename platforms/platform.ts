import type { TSchema } from 'typebox';
import type { Dispatcher } from 'undici';
import type { MirrorEnding } from '../model/mirror/branches.ts';
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
import type { BranchFacts, Source, SourceAddress } from './source.ts';

/**
 * A platform whose projects are mirrored: the one seam between Gitward and what a project is made of. A platform
 * is a folder that exports one of these, and a line in `platforms/index.ts`.
 *
 * `O` is an object of the platform (in Keboola a configuration with its rows) and `Details` what its layout has to
 * know beside objects and tables. Nobody outside of the platform looks into either, and both survive
 * `structuredClone`: what was read last is kept.
 */
export interface Platform<O = unknown, Details = unknown> {
  /** What a project's `source` names it by. Stored: never change it. */
  readonly kind: string;
  readonly settings: PlatformSettings;
  /** Opens a project. Throws `StreamFailure` where its address or token cannot be any. */
  open(address: SourceAddress, surroundings: Surroundings): Source<O, Details>;
  readonly events: PlatformEvents;
  readonly objects: PlatformObjects<O, Details>;
  readonly layout: PlatformLayout<O, Details>;
  /** The parts that its trees may have beside what is written of objects and tables. */
  readonly parts: readonly PartName[];
}

/** A part of a tree that has files of its own: the first rows of tables, the runs of jobs. */
export type PartName = 'samples' | 'jobs';

/** What a project's `source` takes beside its `kind`. */
export interface PlatformSettings {
  /** In few words, where one chooses a platform. */
  readonly title: string;
  /** The HTTP address of the platform; checked before it is stored. Absent: there is none to give. */
  readonly url?: { schema: TSchema; title: string };
  /** A secret that opens the project; sealed, and never given back. Absent: none is needed. */
  readonly token?: { schema: TSchema; title: string };
}

/** What a platform's sources are built with. */
export interface Surroundings {
  projectId: string;
  /** Makes the connections, and refuses addresses that the installation's settings do not allow. */
  dispatcher: Dispatcher;
  /** Checks an address and gives it back normalised; throws `StreamFailure('address_refused')`. */
  checkUrl: (url: string) => string;
  /** What this project was told to change here, in order: only a sample is. */
  listChanges: () => Promise<readonly AppliedSampleChange[]>;
}

/** What mirrors have to know of a platform's objects. All of it is pure. */
export interface PlatformObjects<O = unknown, Details = unknown> {
  keyOf(branchId: string, name: ObjectName): ObjectKey;
  /** The name in a key that {@link keyOf} gave. */
  nameOf(key: ObjectKey): ObjectName;
  /** The key of the object that a file's owner is or belongs to; `null` for what is no object's. */
  objectOf(owner: ObjectKey): ObjectKey | null;
  versionOf(object: O): ObjectVersion;
  /** The object as far as paths and files of others depend on it: written among others it gives them the same. */
  outlineOf(object: O): O;
  /** Whether an object, whole or an outline, may name others whose paths are then in its files. */
  refersToOthers(object: O): boolean;
  /** Whether two outlines say the same of all that another file may depend on. */
  isSameOutline(a: O, b: O): boolean;
  /** Whether the same objects give the same files under both. */
  writesAlike(a: Details, b: Details): boolean;
  /** The word for a kind of objects in a commit's message, such as `extractor`. */
  wordFor(kind: string): string;
}

/** A branch whose files are to be written: its objects whole, or as outlines. */
export interface LaidOutBranch<O = unknown, Details = unknown> {
  facts: BranchFacts<Details>;
  storage: ProjectStorage | null;
  /** In the platform's order. */
  objects: readonly O[];
}

/** How objects get their paths. */
export interface PlacingOptions {
  /** Those that objects have already; empty for a first rendering. */
  givenPaths: GivenPaths;
  branchPath: MirrorPolicy['branchPath'];
}

/** What is written, and how. */
export interface WritingOptions<O = unknown> {
  secrets: MirrorPolicy['secrets'];
  storage: MirrorPolicy['storage'];
  /** What runs of jobs showed of who reads and writes tables. */
  jobTables: readonly ShownTable[];
  /** What there is of the parts, by the policy that it is written by; `null`: nothing. */
  parts: { jobs: JobsPolicy | null; samples: SamplesPolicy | null };
  /** Gives an object whole whose outline is given; asked for what is written, once or twice each. */
  whole(outline: O): O;
  /** The groups whose files are written; all where it is absent. */
  only?: ReadonlySet<ObjectKey>;
  /** Whether what tells of all groups is written too; it is, where it is absent. */
  summaries?: boolean;
  /** What writing the other groups found before. */
  findings?: ReadonlyMap<ObjectKey, Findings>;
}

/** A branch whose objects have their paths; it can be written once. */
export interface PlacedBranch<O = unknown> {
  /** The paths of objects, unless something of them turns out not to be writable. */
  paths: GivenPaths;
  /** Gives the files as they are made, and keeps none of their bytes. */
  write(options: WritingOptions<O>): Generator<RenderedFile[], WrittenProject>;
}

/** A branch that is gone from the platform, as far as anything is known of it. */
export interface EndedBranch<O = unknown, Details = unknown> {
  projectId: string;
  branchId: string;
  /** As it was when it was last read; `null` where that was lost. */
  last: LaidOutBranch<O, Details> | null;
  givenPaths: GivenPaths;
  findings: ReadonlyMap<ObjectKey, Findings>;
  policy: MirrorPolicy;
  hasSamples: boolean;
  ended: MirrorEnding;
}

/**
 * How a branch becomes files. Pure: the same branch, paths and options give the same tree. What cannot be
 * written is left out with a warning and stops nothing else.
 */
export interface PlatformLayout<O = unknown, Details = unknown> {
  /** The folders that are a mirror's own inside its place: nobody else's file is there, and it writes nowhere else. */
  readonly ownedFolders: readonly string[];
  /** What tells of many objects and is written anew when any of them changes. */
  readonly summaries: {
    /** What the keys of their owners begin with. */
    readonly kinds: readonly string[];
    /** The folders of those of them that change when runs of jobs leave. */
    readonly folders: readonly string[];
  };
  /** What the keys of the owners of tables' files begin with. */
  readonly storageKinds: readonly string[];
  /** What a message says before it lists what the layout leaves out. */
  readonly leftOut: { folder: string; title: string } | null;
  /** The paths that objects have, as far as files and their owners show it: for a mirror whose snapshot is lost. */
  givenPaths(files: Iterable<Pick<RenderedFile, 'path' | 'owner'>>): GivenPaths;
  place(branch: LaidOutBranch<O, Details>, options: PlacingOptions): PlacedBranch<O>;
  /** The objects of these whose own files may differ because paths do, and those whose path does. */
  affectedBy(
    before: GivenPaths,
    after: GivenPaths,
    objects: ReadonlyMap<ObjectKey, O>,
  ): ReadonlySet<ObjectKey>;
  /** The guide of a branch that is gone, which says what became of it; `null`: its trees have none. */
  endedGuide(ended: EndedBranch<O, Details>): RenderedFile | null;
}

/** The platforms that there are. */
export interface Platforms {
  readonly all: readonly Platform[];
  /** The platform of a stored project. Throws where this version has none of that kind. */
  of(kind: string): Platform;
}
