import { readFile } from 'node:fs/promises';
import type { Results } from './results.ts';

/** Reads what {@link file} holds; `null` if there is no such file. Throws if it is not what a run of the benches wrote. */
export async function readResults(file: string): Promise<Results | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is no JSON. Remove it, and measure again.`, { cause: error });
  }
  if (!isResults(read))
    throw new Error(`${file} was not written by these benches. Remove it, and measure again.`);
  return read;
}

/** Its form as far as one can tell it from others; what is in it is shown, and never run. */
function isResults(read: unknown): read is Results {
  return isObject(read) && read.format === 1 && Array.isArray(read.benches);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
