/*
 * The words of the knowledge base. An entry is a Markdown file with YAML front matter (or a JSON file),
 * known by the `id` in it and not by its path.
 */

/** A value as JSON has it. Objects are plain ones without a prototype's say: `__proto__` is a key like others. */
export type JsonValue =
  null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };

/** The front matter as a value: its keys in the file's order. */
export type EntryFields = Record<string, JsonValue>;

/** A kind of entry: where its files are, what they are called, what must be in them. */
export interface Kind {
  /** Such as `customer`. */
  name: string;
  /** The folder of its files below the space's root, such as `customers`; `''` where `file` is given. */
  folder: string;
  /** The one file that a kind of a single entry has, below the space's root, such as `categories/metadata.json`. */
  file: string | null;
  format: 'markdown' | 'json';
  /** The field that people know an entry by: `title` or `name`, as a rule. */
  titleField: string;
  /** JSON Schema (draft 2020-12) of the fields. A list with `uniqueItems` is merged as a set. */
  schema: JsonSchema;
  /** The fields that the kind's index file holds beside `id`, title and path. */
  indexFields: string[];
  /** Data of persons: refused in a repository that anybody can read, unless the space's rules say otherwise. */
  personal: boolean;
}

/** A JSON Schema. It is data here: only `knowledge/` looks into it. */
export type JsonSchema = Readonly<Record<string, JsonValue>>;

/** What is wrong with an entry as it is in Git. It is stored and shown all the same. */
export interface EntryProblem {
  code: EntryProblemCode;
  /** Counted from 1. */
  line: number;
  /** JSON Pointer (RFC 6901) into the fields; `''` is the entry. */
  pointer: string;
  message: string;
}

/** Stable names of what can be wrong with an entry. */
export type EntryProblemCode =
  'no_front_matter' | 'unparsable' | 'no_id' | 'duplicate_id' | 'schema' | 'not_utf8' | 'too_large';

/** How an entry stands between Gitward and Git. */
export type SyncStatus = 'synced' | 'pending' | 'conflict' | 'invalid' | 'error';

/** What a save does. `restore` and `settle` are edits that say where they come from. */
export type SaveAction = 'create' | 'edit' | 'delete' | 'restore' | 'settle';

/** What a save, or a commit, came through. */
export type Via = 'api' | 'import' | 'push';

/** One field or paragraph on which both sides differ, and which therefore a person decides. */
export interface ConflictPart {
  /** Names it in an answer: `field:/region`, `body:1`, `file`. */
  id: string;
  /** `file`: one side removed the entry, or a side cannot be taken apart: the texts are whole. */
  what: 'field' | 'paragraph' | 'file';
  /** JSON Pointer of a field; `''` otherwise. */
  pointer: string;
  /** `null` where that side does not have it. */
  base: JsonValue;
  git: JsonValue;
  mine: JsonValue;
}

/** What a three-way merge came to. A text that is `null` is a removed entry. */
export type MergeResult =
  | { kind: 'clean'; text: string | null }
  | {
      kind: 'conflict';
      parts: ConflictPart[];
      /** Git's version with everything of mine that does not clash. */
      text: string | null;
    };

/** Which side a part takes, or what it is to be instead. */
export type PartChoice = 'git' | 'mine' | { value: JsonValue };
