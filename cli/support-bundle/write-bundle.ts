import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pTimeout from 'p-timeout';
import { create } from 'tar';
import { openStoredSecrets } from '../../db/diagnosis/stored-secrets.ts';
import { reasonOf } from '../doctor/check.ts';
import type { Examined } from '../doctor/examined.ts';
import { createRedact, redactedDeep, type Redact } from '../parts/redaction.ts';
import { contentsText, type Listed } from './contents.ts';
import { parts as allParts, type Part, type Sources } from './parts.ts';

/** How long a part may take, in milliseconds: a little longer than the doctor's checks. */
const patience = 45_000;

/**
 * Writes a bundle to a new file that only its owner may read, and returns the list of what is in it. Rejects if the file
 * exists; then nothing is collected. Parts that cannot be had are left out, and the list says why.
 */
export async function writeBundle(
  sources: Sources,
  file: string,
  parts: readonly Part[] = allParts,
): Promise<string> {
  // First of all, so that nobody waits for what cannot be written.
  const target = createWriteStream(file, { flags: 'wx', mode: 0o600 });
  await new Promise((resolve, reject) => {
    target.once('open', resolve);
    target.once('error', reject);
  });
  const directory = await mkdtemp(join(tmpdir(), 'gitward-bundle-'));
  const name = basename(file).replace(/\.t(?:ar\.)?gz$/, '');
  try {
    const { redact, note } = await redaction(sources.examined);
    const listed = await Promise.all(
      parts.map((part) => collect(part, sources, redact, join(directory, name))),
    );
    const contents = redact(contentsText(listed, note));
    await writeInside(join(directory, name, 'CONTENTS.md'), contents);
    await pipeline(create({ gzip: true, portable: true, cwd: directory }, [name]), target);
    return contents;
  } catch (error) {
    target.destroy();
    await rm(file, { force: true });
    throw error;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** What removes the secrets of the settings and those in the database, and what the list says of it. */
async function redaction(examined: Examined): Promise<{ redact: Redact; note: string }> {
  const always =
    'The secrets of the settings (keys, tokens, passwords in addresses), and whatever has the shape of a token, of a private key or of a password in an address.';
  const without = (why: string) => ({
    redact: examined.redact,
    note: `${always} The secrets that are stored in the database were not compared with, because ${why}: look for yourself.`,
  });
  const db = await examined.usableDatabase();
  if (db === null) return without('it cannot be used');
  if (examined.sealer === null) return without('there is no master key');
  const { secrets, unopened } = await openStoredSecrets(db, examined.sealer);
  if (unopened > 0) return without(`the master key does not open ${unopened} of them`);
  const stored = createRedact(secrets);
  return {
    redact: (text) => stored(examined.redact(text)),
    note: `${always} The credentials, source tokens, host tokens, signing keys and secrets of webhooks and of sign-in that are stored in the database, wherever they occur.`,
  };
}

async function collect(
  { file, about, collect: read }: Part,
  sources: Sources,
  redact: Redact,
  directory: string,
): Promise<Listed> {
  try {
    const found = await pTimeout(
      Promise.resolve().then(() => read(sources)),
      { milliseconds: patience, message: `there was no answer in ${patience / 1_000} s` },
    );
    const text =
      typeof found === 'string'
        ? redact(found)
        : // Once in the texts, in which nothing is escaped, and once as a whole.
          redact(`${JSON.stringify(redactedDeep(found, redact), null, 2)}\n`);
    await writeInside(join(directory, file), text);
    return { file, about, size: Buffer.byteLength(text), why: null };
  } catch (error) {
    return { file, about, size: null, why: `Left out: ${reasonOf(error)}.` };
  }
}

async function writeInside(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(path, text, { mode: 0o600 });
}
