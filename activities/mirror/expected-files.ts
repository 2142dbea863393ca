import type { PathDifference } from '../../model/mirror/verification.ts';
import type { RenderedFile } from '../../model/platform/tree.ts';
import type { Execution } from '../streams/execution.ts';
import { turnTaker } from '../streams/taking-turns.ts';

/** Of how many differing paths both sides can be shown, and how much is kept for that, in bytes. */
const mostKept = 20;
const largestKept = 64 * 1024;

/** What is rendered for the first paths that differ; without those that are too large to be shown. */
export async function readExpected(
  files: Iterable<RenderedFile>,
  differences: readonly PathDifference[],
  execution: Execution,
): Promise<Map<string, Uint8Array>> {
  const shown = differences.filter(({ kind }) => kind !== 'unexpected').slice(0, mostKept);
  const paths = new Set(shown.map(({ path }) => path));
  const kept = new Map<string, Uint8Array>();
  const pause = turnTaker(execution);
  for (const { path, content } of files) {
    if (paths.has(path) && content.byteLength <= largestKept) kept.set(path, content);
    if (paths.delete(path) && paths.size === 0) break;
    await pause();
  }
  return kept;
}
