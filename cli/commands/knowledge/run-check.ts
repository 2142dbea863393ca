import { join } from 'node:path';
import { clashingPaths } from '../../../knowledge/entries/clashing-paths.ts';
import { lineAt } from '../../../knowledge/front-matter/front-matter.ts';
import { lineOfField } from '../../../knowledge/front-matter/line-of-field.ts';
import { readEntryBytes } from '../../../knowledge/entries/read-entry.ts';
import { textHints } from '../../../knowledge/prompts/text-hints.ts';
import type { EntryProblemCode, Kind } from '../../../model/knowledge/entry.ts';
import type { ClientIo, Said } from '../../client/client-command.ts';
import { count, oneLine } from '../../client/layout.ts';
import { checkIncludes, type CheckedIncludes } from './check-includes.ts';
import { tryRoundTrips } from './round-trips.ts';
import { readBytes, readWorkingCopy, rootFrom, type WorkingCopy } from './working-copy.ts';

/** What `gitward knowledge check` is asked for. */
export interface CheckOptions {
  root: string;
  roundtrip?: boolean;
}

/** Checks the files of a working copy in `dir`. Throws `UsageError` if they cannot be read. */
export async function runCheck(
  dir: string,
  { root, roundtrip = false }: CheckOptions,
  { env }: Pick<ClientIo, 'env'>,
): Promise<Said> {
  if (roundtrip) return tryRoundTrips(dir);
  const below = rootFrom(root);
  const checked = await check(dir, below);
  // A check of nothing would be no check, whether the root is wrong or the files are.
  if (checked.entries === 0 && checked.problems.length === 0) return nothingFound(dir, below);
  return said(dir, checked, env.GITHUB_ACTIONS === 'true');
}

function nothingFound(dir: string, root: string): Said {
  const message = `There are no entries below ${join(dir, root)}: say with --root which folder is the space's root (. for the whole working copy).`;
  return {
    json: { entries: 0, problems: [], hints: [], message },
    text: `${oneLine(message)}\n`,
    exitCode: 1,
  };
}

interface Problem {
  /** Relative to the working copy. */
  path: string;
  /** Counted from 1. */
  line: number;
  /** JSON Pointer into the fields. */
  pointer: string;
  code:
    | EntryProblemCode
    | CheckedIncludes['problems'][number]['code']
    | 'schema_file'
    | 'rules_file'
    | 'path_clash';
  message: string;
}

/** Advice, which makes no check fail. */
type Hint = Omit<Problem, 'code'>;

interface Checked {
  entries: number;
  problems: Problem[];
  hints: Hint[];
}

/** Finds the problems that Gitward would report if this were pushed. */
async function check(dir: string, root: string): Promise<Checked> {
  const { files, entries, problems: ofSchemas, rulesProblems } = await readWorkingCopy(dir, root);
  const problems: Problem[] = ofSchemas.map(({ path, line, message }) => ({
    ...{ path, line, pointer: '', message },
    code: 'schema_file',
  }));
  problems.push(
    ...rulesProblems.map((one) => ({ ...one, pointer: '', code: 'rules_file' as const })),
  );
  const hints: Hint[] = [];
  const byId = new Map<string, WorkingCopy['entries'][number]>();
  for (const entry of entries) {
    const { path, kind } = entry;
    const read = readEntryBytes(await readBytes(join(dir, path)), kind);
    problems.push(...read.problems.map((problem) => ({ path, ...problem })));
    hints.push(...read.hints.map((hint) => ({ path, ...hint })));
    hints.push(...hintsOfText(path, kind, read));
    if (read.id === null) continue;
    const other = byId.get(read.id);
    if (other === undefined) byId.set(read.id, entry);
    else
      problems.push({
        ...{ path, line: lineOfField(read.text ?? '', kind, '/id'), pointer: '/id' },
        code: 'duplicate_id',
        message: `${other.path} also has the id ${read.id}: change one of the two.`,
      });
  }
  const includes = await checkIncludes(dir, byId);
  problems.push(...includes.problems.map((problem) => ({ ...problem, pointer: '' })));
  hints.push(...includes.hints.map((hint) => ({ ...hint, pointer: '' })));
  const isEntry = new Set(entries.map(({ path }) => path));
  for (const { path, other, message } of clashingPaths(files))
    if (isEntry.has(path) || isEntry.has(other))
      problems.push({ path, line: 1, pointer: '', code: 'path_clash', message });
  problems.sort((one, two) =>
    one.path === two.path ? one.line - two.line : one.path < two.path ? -1 : 1,
  );
  return { entries: entries.length, problems, hints };
}

/** What would go wrong when a prompt is rendered or a template is filled. */
function hintsOfText(path: string, kind: Kind, read: ReturnType<typeof readEntryBytes>): Hint[] {
  const text = read.text ?? '';
  return textHints(kind, read).map(({ pointer, line, message }) => {
    const bodyLine = lineAt(text, text.length - read.body.length);
    const at = pointer === null ? bodyLine + line - 1 : lineOfField(text, kind, pointer);
    return { path, line: at, pointer: pointer ?? '', message };
  });
}

function said(dir: string, { entries, problems, hints }: Checked, inActions: boolean): Said {
  const shown = problems.map((problem) => ({ ...problem, path: join(dir, problem.path) }));
  const advised = hints.map((hint) => ({ ...hint, path: join(dir, hint.path) }));
  const files = new Set(problems.map(({ path }) => path)).size;
  const lines = [
    ...shown.map(({ path, line, message }) => oneLine(`${path}:${line}: ${message}`)),
    ...advised.map(({ path, line, message }) => oneLine(`${path}:${line}: hint: ${message}`)),
    problems.length === 0
      ? `${count(entries, 'entry', 'entries')}, no problems.`
      : `${count(entries, 'entry', 'entries')}, ${count(problems.length, 'problem', 'problems')} in ${count(files, 'file', 'files')}.`,
  ];
  const annotations = [
    ...shown.map((problem) => annotation('error', problem)),
    ...advised.map((hint) => annotation('notice', hint)),
  ];
  const output = inActions ? [...lines.map(noCommand), ...annotations] : lines;
  return {
    json: { entries, problems, hints },
    text: `${output.join('\n')}\n`,
    exitCode: problems.length === 0 ? 0 : 1,
  };
}

/**
 * The command that makes GitHub show a problem at its line, escaped as GitHub's toolkit does
 * (https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts).
 */
function annotation(level: 'error' | 'notice', { path, line, message }: Hint): string {
  const data = (text: string) =>
    oneLine(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const property = (text: string) => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
  return `::${level} file=${property(path)},line=${line}::${data(message)}`;
}

/** Keeps GitHub's runner from reading file names, or text from files, as commands. */
function noCommand(line: string): string {
  return line.replace(/^\s*::/, './::').replaceAll('##[', '## [');
}
