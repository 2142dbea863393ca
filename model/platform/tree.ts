/** A rendered file of the tree. Paths are relative to the mirror's place and separated by `/`. */
export interface RenderedFile {
  path: string;
  content: Uint8Array;
  /** Git's id of the content as a blob (SHA-1, 40 hex digits). */
  blobId: string;
  /** The object that the file belongs to: see {@link ObjectKey}. */
  owner: ObjectKey;
  /** The fingerprint of the content before secrets were masked in it; absent or `null` if none were. */
  maskedFrom?: string | null;
}

/**
 * Identifies an object of the platform: `project`, `branch/<b>`, `config/<b>/<component>/<config>`,
 * `row/<b>/<component>/<config>/<row>`, `bucket/<b>/<bucket>`, `table/<b>/<table>`,
 * `lineage/<b>/<bucket>`, `guide/<b>`, `catalog/<b>/<component>`, `table-catalog/<b>`, `sample/<b>/<table>`,
 * `job/<b>/<runId>`, `job-summary/<b>/<day>`, `attributes/<b>/<folder>`. Ids do not contain slashes.
 */
export type ObjectKey = string;

/**
 * The path of each object in the last rendered state: object → its directory, relative to the mirror's
 * place. A new object never moves another. An object moves when its own name changes, or when it no longer
 * needs its suffix.
 */
export type GivenPaths = ReadonlyMap<ObjectKey, string>;

/** A plain-text value that should have been encrypted, and was left out. */
export interface ReplacedSecret {
  path: string;
  /** JSON Pointer (RFC 6901) into the file. */
  pointer: string;
}

/** Something that was rendered, but not in the way that its owner would expect. */
export interface RenderWarning {
  owner: ObjectKey;
  message: string;
}

/** Something that the CLI's layout leaves out, wholly or partly, and that is in `unlinked/` instead. */
export interface UnlinkedObject {
  owner: ObjectKey;
  /** Its directory there, or, if the CLI's layout contains a part of it, the file with its whole content. */
  path: string;
  /** Why, in sentences. */
  reasons: string[];
}

/** A file in `unlinked/` for something that is only partly in the CLI's layout: its whole content, or its exact numbers. */
export type UnlinkedFile = 'config.json' | 'numbers.json';

/**
 * What writing a group of files found. A group is a configuration with its rows, or the storage's
 * metadata. It is kept, because a rendering that does not touch the group still needs it: for what the
 * manifests leave out, and for what the status shows.
 */
export interface Findings {
  /** Objects whose files could not be written, and the folder of each. */
  failed: { key: ObjectKey; folder: string }[];
  /** Objects that the CLI's layout contains only partly, and what it leaves out. */
  incomplete: { key: ObjectKey; reason: string; file: UnlinkedFile }[];
  warnings: RenderWarning[];
  replacedSecrets: ReplacedSecret[];
}

/** The group of the files of buckets and tables. A configuration's group has the configuration's key. */
export const storageGroup: ObjectKey = 'storage';

/** A project as files: all of them, or those of the requested groups. */
export interface Rendering extends WrittenProject {
  files: ReadonlyMap<string, RenderedFile>;
}

/** The result of writing a project's files. */
export interface WrittenProject {
  paths: GivenPaths;
  replacedSecrets: ReplacedSecret[];
  warnings: RenderWarning[];
  /** What the CLI's layout leaves out, to be reported. */
  unlinked: UnlinkedObject[];
  /** The findings of each group that was written. */
  findings: ReadonlyMap<ObjectKey, Findings>;
}
