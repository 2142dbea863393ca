import { chmod, open, readFile } from 'node:fs/promises';

/**
 * Reads the secret in `file`, or creates it with `generate` if there is none; only its owner can
 * read it. Returns the file's text without surrounding white space.
 */
export async function secretFile(file: string, generate: () => string): Promise<string> {
  const found = await readFile(file, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  });
  if (found.trim() !== '') {
    await chmod(file, 0o600);
    return found.trim();
  }
  const secret = generate();
  const handle = await open(file, 'w', 0o600);
  try {
    await handle.writeFile(`${secret}\n`);
    // A power cut must not lose a key that something has already been sealed with.
    await handle.sync();
  } finally {
    await handle.close();
  }
  return secret;
}
