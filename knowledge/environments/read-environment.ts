import type { EntryFields, JsonValue, Kind } from '../../model/knowledge/entry.ts';
import { jsonPointer } from '../../model/text/json-pointer.ts';
import { isUnreadable } from '../entries/unreadable.ts';
import { readEntry } from '../entries/read-entry.ts';
import type { ValueFault } from '../templates/variables.ts';
import { readExperiments, type Experiment } from './experiments.ts';

/** The kind of the files that define environments. */
export const environmentKind = 'environment';

/** The environment that every space has: what is there now, including saves that are not in Git yet. */
export const presentEnvironment = 'latest';

/** Which versions of a space's entries are read under a name. */
export interface Environment {
  /** The id of its file. */
  name: string;
  isProtected: boolean;
  /** Whether prompts must have passed their checks before they are moved into it. */
  requiresChecks: boolean;
  /** The branch whose newest commit is read, or the tag whose commit is. */
  ref: string | null;
  /** The commit that is read; without it and `ref`, it is what is there now. */
  commit: string | null;
  /** Entries that are read at commits of their own, by id. */
  entries: ReadonlyMap<string, string>;
  experiments: ReadonlyMap<string, Experiment>;
}

/** More entries than this are not moved one by one. */
const mostEntries = 5_000;

/**
 * Reads an environment from the fields of its file, which anybody who may push can have written. Everything that is wrong is
 * in `faults`, and left out of the environment: whoever reads by it must look at them first.
 */
export function readEnvironment(
  name: string,
  fields: EntryFields,
): { environment: Environment; faults: ValueFault[] } {
  const faults: ValueFault[] = [];
  const fault = (path: readonly string[], message: string) => {
    faults.push({ pointer: jsonPointer(path), message });
    return null;
  };
  const textOf = (field: string, isRight: (text: string) => boolean, wanted: string) => {
    const value = fields[field] ?? null;
    if (value === null) return null;
    return typeof value === 'string' && isRight(value)
      ? value
      : fault([field], `must be ${wanted}`);
  };
  const commit = textOf('commit', isCommit, commitWanted);
  const ref = textOf(
    'ref',
    (text) => /^[^\s\p{Cc}]{1,200}$/u.test(text),
    'the name of a branch or tag',
  );
  if (commit !== null && ref !== null)
    fault(['ref'], 'is there as well as commit: remove one of them');
  if (name === presentEnvironment)
    fault(['id'], `must not be ${presentEnvironment}, which every space has`);
  const entries = new Map<string, string>();
  for (const [id, sha] of mapOf(fields.entries, () => fault(['entries'], mapWanted))) {
    if (typeof sha === 'string' && isCommit(sha)) entries.set(id, sha.toLowerCase());
    else fault(['entries', id], `must be ${commitWanted}`);
    if (entries.size > mostEntries) {
      fault(['entries'], `has more than ${mostEntries} entries: move the whole environment`);
      break;
    }
  }
  const experiments = readExperiments(fields.experiments, fault);
  const guards = { isProtected: isProtected(fields), requiresChecks: isCheckRequired(fields) };
  const environment = { name, ...guards, ref, commit: commit?.toLowerCase() ?? null, entries, experiments }; // prettier-ignore
  return { environment, faults };
}

const commitWanted = 'a commit: 40 hex digits';
const mapWanted = 'must be a map';

function isCommit(text: string): boolean {
  return /^[0-9a-f]{40}$/i.test(text);
}

/** The pairs of a map; none, and `onOther` is called, if the value is something else. */
export function mapOf(
  value: JsonValue | undefined,
  onOther: () => void,
): [key: string, value: JsonValue][] {
  if (value === undefined || value === null) return [];
  if (typeof value === 'object' && !Array.isArray(value)) return Object.entries(value);
  onOther();
  return [];
}

/**
 * Whether versions of prompts must have passed their checks before they are in an environment, judging by the fields that its file has
 * *before* a change, as {@link isProtected} does. Whatever is neither `false` nor empty requires them.
 */
export function isCheckRequired(before: EntryFields): boolean {
  return (before.requireChecks ?? false) !== false;
}

/**
 * Whether changing an environment needs the approval of somebody else, judging by the fields that its file has *before* the change (`null`:
 * there is no file), so that no change can lift its own protection. Whatever is neither `false` nor empty protects.
 */
export function isProtected(before: EntryFields | null): boolean {
  const value = before?.protected ?? false;
  return value !== false;
}

/** Like {@link isProtected}, for the file's text. What cannot be read may have been protected, and so it is. */
export function isProtectedText(before: string | null, kind: Kind): boolean {
  if (before === null) return false;
  const { fields, problems } = readEntry(before, kind);
  return isUnreadable(problems) || isProtected(fields);
}
