import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * What a part of dist/ was made from. Paths are relative to the root.
 *
 * @typedef {{ inputs: string[], outputs: string[], digest: string }} Stamp
 */

/** Files that affect every part: package versions, compiler settings, and the build itself. */
const always = ['package-lock.json', 'tsconfig.json', 'build/build.js', 'build/stamp.js'];

/** Where the stamps are kept, relative to the root. */
export const stampFile = 'dist/.stamps.json';

/**
 * The stamps of the last build, by part; empty if there was none.
 *
 * @param {string} root
 * @returns {Promise<Record<string, Stamp>>}
 */
export async function readStamps(root) {
  try {
    return JSON.parse(await readFile(join(root, stampFile), 'utf8'));
  } catch {
    // Missing or incomplete: everything is built again.
    return {};
  }
}

/** @param {string} root @param {Record<string, Stamp>} stamps */
export async function writeStamps(root, stamps) {
  await writeFile(join(root, stampFile), JSON.stringify(stamps));
}

/**
 * The stamp of a part, from the current state of its inputs.
 *
 * @param {string} root
 * @param {{ inputs: string[], outputs: string[] }} files
 * @returns {Promise<Stamp>}
 */
export async function stampOf(root, { inputs, outputs }) {
  const hash = createHash('sha256');
  for (const file of [...always, ...inputs]) {
    // A removed file is a change too.
    const content = await readFile(join(root, file)).catch(() => null);
    hash.update(`${file} ${content === null ? 'missing' : String(content.length)}\n`);
    if (content !== null) hash.update(content);
  }
  return { inputs, outputs, digest: hash.digest('hex') };
}

/**
 * Whether a part exists and was built from the current state of its inputs.
 *
 * @param {string} root
 * @param {Stamp | undefined} stamp
 */
export async function isUpToDate(root, stamp) {
  if (stamp === undefined) return false;
  if (!stamp.outputs.every((file) => existsSync(join(root, file)))) return false;
  return (await stampOf(root, stamp)).digest === stamp.digest;
}
