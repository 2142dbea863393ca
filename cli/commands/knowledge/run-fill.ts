import { randomUUID } from 'node:crypto';
import { chmod, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fillEntry } from '../../../knowledge/entries/fill-entry.ts';
import { readEntryBytes } from '../../../knowledge/entries/read-entry.ts';
import type { EntryFields } from '../../../model/knowledge/entry.ts';
import type { Said } from '../../client/client-command.ts';
import { count, oneLine } from '../../client/layout.ts';
import { readBytes, readWorkingCopy, rootFrom } from './working-copy.ts';

/** What `gitward knowledge fill` is asked for. */
export interface FillOptions {
  root: string;
  dryRun?: boolean;
}

/** Adds missing fields to the files of a working copy in `dir`. Throws `UsageError` if they cannot be read. */
export async function runFill(dir: string, { root, dryRun = false }: FillOptions): Promise<Said> {
  return said(dir, await fill(dir, rootFrom(root), dryRun), dryRun);
}

interface Filled {
  filled: { path: string; added: EntryFields }[];
  refused: { path: string; line: number; message: string }[];
}

async function fill(dir: string, root: string, dryRun: boolean): Promise<Filled> {
  const result: Filled = { filled: [], refused: [] };
  const { entries } = await readWorkingCopy(dir, root);
  for (const { path, kind } of entries) {
    const file = join(dir, path);
    const { text, problems } = readEntryBytes(await readBytes(file), kind);
    if (text === null) {
      result.refused.push({ path, line: 1, message: problems[0]?.message ?? '' });
      continue;
    }
    const filled = fillEntry(text, kind, { path, id: randomUUID() });
    if (filled.kind === 'refused')
      result.refused.push({ path, line: filled.line, message: filled.message });
    else if (filled.text !== text) {
      if (!dryRun) await replaceFile(file, filled.text);
      result.filled.push({ path, added: filled.added });
    }
  }
  return result;
}

/**
 * Writes a new file next to the old one and renames it, so that nothing is lost if this is
 * interrupted.
 */
async function replaceFile(file: string, text: string): Promise<void> {
  const beside = join(dirname(file), `.gitward-${randomUUID()}`);
  try {
    const { mode } = await stat(file);
    await writeFile(beside, text, { flag: 'wx' });
    await chmod(beside, mode & 0o777);
    await rename(beside, file);
  } finally {
    await rm(beside, { force: true });
  }
}

function said(dir: string, { filled, refused }: Filled, dryRun: boolean): Said {
  const lines = [
    ...filled.map(({ path, added }) =>
      oneLine(`${join(dir, path)}: ${Object.entries(added).map(addedText(dryRun)).join(', ')}`),
    ),
    ...refused.map(({ path, line, message }) =>
      oneLine(`${join(dir, path)}:${line}: not filled: ${message}`),
    ),
    `${count(filled.length, 'file', 'files')} ${dryRun ? 'would be filled' : 'filled'}, ${refused.length} refused.`,
  ];
  return {
    json: { dryRun, filled, refused },
    text: `${lines.join('\n')}\n`,
    exitCode: refused.length === 0 ? 0 : 1,
  };
}

/** Ids are generated each time, so the real run would not use the one from a dry run. */
function addedText(dryRun: boolean): (field: [string, unknown]) => string {
  return ([name, value]) =>
    `${name}: ${dryRun && name === 'id' ? '(a new one)' : JSON.stringify(value)}`;
}
