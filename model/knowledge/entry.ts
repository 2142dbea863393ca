/*
 * The words of the knowledge base. An entry is a Markdown file with YAML front matter (or a JSON file),
 * identified by the `id` in it, not by its path.
 */

/** A JSON value. Objects are plain and their prototype does not matter: `__proto__` is a key like any other. */
export type JsonValue =
  null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };

/** The front matter as a value, with its keys in the file's order. */
export type EntryFields = Record<string, JsonValue>;

/** A kind of entry: where its files are, what they are called, and what must be in them. */
export interface Kind {
  /** Such as `customer`. */
  name: string;
  /** The folder of its files below the space's root, such as `customers`; `''` if `file` is given. */
  folder: string;
  /** For a kind with a single entry: its file below the space's root, such as `categories/metadata.json`. */
  file: string | null;
  format: 'markdown' | 'json';
  /**
   * What the names of files in the folder end with (`md`, `mdx`), without the dot, in lower case. The first is that of
   * new files. Defaults to `md` and `markdown`.
   */
  extensions?: readonly string[];
  /** The field that people know an entry by, usually `title` or `name`. */
  titleField: string;
  /** JSON Schema (draft 2020-12) of the fields. A list with `uniqueItems` is merged as a set. */
  schema: JsonSchema;
  /** The fields that the kind's index file contains in addition to `id`, title and path. */
  indexFields: string[];
  /** Whether it has personal data, which is refused in a public repository unless the space's rules allow it. */
  personal: boolean;
  /** Whether lines of its texts can include other entries, when they are rendered. */
  includes?: true;
}

/** A JSON Schema. Here it is only data: `knowledge/` is the only room that looks into it. */
export type JsonSchema = Readonly<Record<string, JsonValue>>;

/** What is wrong with an entry as it is in Git. The entry is stored and shown anyway. */
export interface EntryProblem {
  code: EntryProblemCode;
  /** The first line is 1. */
  line: number;
  /** JSON Pointer (RFC 6901) into the fields; `''` is the entry. */
  pointer: string;
  message: string;
}

/** Advice about an entry that is fine for us, but that other programs may read differently. */
export interface EntryHint {
  /** The first line is 1. */
  line: number;
  /** JSON Pointer (RFC 6901) into the fields. */
  pointer: string;
  message: string;
}

/** Stable names of what can be wrong with an entry. */
export type EntryProblemCode =
  | 'no_front_matter'
  | 'unparsable'
  | 'no_id'
  | 'duplicate_id'
  | 'kind_kept'
  | 'schema'
  | 'not_utf8'
  | 'lfs_pointer'
  | 'too_large';

/** Where an entry is on its way between Gitward and Git. */
export type SyncStatus = 'synced' | 'pending' | 'in_review' | 'conflict' | 'invalid' | 'error';

/**
 * What a save does. `restore` and `settle` are edits that also say where they came from; `move` moves the file and changes
 * nothing in it.
 */
export type SaveAction = 'create' | 'edit' | 'delete' | 'restore' | 'settle' | 'move';

/** How a save or a commit reached us. */
export type Via = 'api' | 'import' | 'push';

/** A field or paragraph on which the two sides differ, so that a person has to decide. */
export interface ConflictPart {
  /** Identifies it in a settlement: `field:/region`, `body:1`, `file`. */
  id: string;
  /** `file`: one side removed the entry or cannot be split into parts, so the values are whole texts. */
  what: 'field' | 'paragraph' | 'file';
  /** JSON Pointer of a field; `''` otherwise. */
  pointer: string;
  /** `null` if that side does not have it. */
  base: JsonValue;
  git: JsonValue;
  mine: JsonValue;
}

/** The result of a three-way merge. A `text` of `null` means that the entry is removed. */
export type MergeResult =
  | { kind: 'clean'; text: string | null }
  | {
      kind: 'conflict';
      parts: ConflictPart[];
      /** Git's version, with everything of mine that does not clash with it. */
      text: string | null;
    };

/** Which side wins a part, or the value that replaces both. */
export type PartChoice = 'git' | 'mine' | { value: JsonValue };
