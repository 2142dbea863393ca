/** A file of the tree, as rendered. Paths are relative to the mirror's place, with `/` between. */
export interface RenderedFile {
  path: string;
  content: Uint8Array;
  /** Git's id of the content as a blob (SHA-1, 40 hex digits). */
  blobId: string;
  /** The object that the file belongs to: see {@link ObjectKey}. */
  owner: ObjectKey;
}

/**
 * Names an object of the platform: `project`, `branch/<b>`, `config/<b>/<component>/<config>`,
 * `row/<b>/<component>/<config>/<row>`, `bucket/<b>/<bucket>`, `table/<b>/<table>`,
 * `lineage/<b>/<bucket>`, `guide/<b>`, `catalog/<b>/<component>`, `table-catalog/<b>`, `sample/<b>/<table>`,
 * `job/<b>/<runId>`, `job-summary/<b>/<day>`. Ids do not contain slashes.
 */
export type ObjectKey = string;

/**
 * The path that each object had in the last rendered state: object → its directory, relative to the
 * mirror's place. A path stays against newcomers and moves when its own object's name changes.
 */
export type GivenPaths = ReadonlyMap<ObjectKey, string>;

/** A value in clear that should have been a secret, and was left out. */
export interface ReplacedSecret {
  path: string;
  /** JSON Pointer (RFC 6901) into the file. */
  pointer: string;
}

/** Something that was rendered, but not as its owner would expect. */
export interface RenderWarning {
  owner: ObjectKey;
  message: string;
}

/** Something that the CLI's layout leaves out, whole or in part, and that is in `unlinked/` instead. */
export interface UnlinkedObject {
  owner: ObjectKey;
  /** Its directory there, or the file with its whole content where the CLI's layout holds a part of it. */
  path: string;
  /** Sentences that say why. */
  reasons: string[];
}

/**
 * What writing a group of files found: those of a configuration with its rows, or of the storage's
 * metadata. It is kept, so that a rendering that leaves the group as it is still knows it: what the
 * manifests leave out, and what the status shows.
 */
export interface Findings {
  /** Objects whose files could not be written, and in which folder. */
  failed: { key: ObjectKey; folder: string }[];
  /** Objects that the CLI's layout holds in part only, and what of them it leaves out. */
  incomplete: { key: ObjectKey; reason: string }[];
  warnings: RenderWarning[];
  replacedSecrets: ReplacedSecret[];
}

/** The group of the files of buckets and tables; a configuration's group has its key. */
export const storageGroup: ObjectKey = 'storage';

/** A project as files: all of them, or those of the groups that were asked for. */
export interface Rendering extends WrittenProject {
  files: ReadonlyMap<string, RenderedFile>;
}

/** What writing a project's files came to. */
export interface WrittenProject {
  paths: GivenPaths;
  replacedSecrets: ReplacedSecret[];
  warnings: RenderWarning[];
  /** What the CLI's layout leaves out, for those who tell of it. */
  unlinked: UnlinkedObject[];
  /** What each group that was written came to. */
  findings: ReadonlyMap<ObjectKey, Findings>;
}
