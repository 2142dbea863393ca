import { chmod, open, readFile } from 'node:fs/promises';

/**
 * The secret in `file`, which is made from `generate` where there is none; readable by its owner
 * alone. Answers the file's text without white space around it.
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
    // What is sealed under a key must not outlive it in a power cut.
    await handle.sync();
  } finally {
    await handle.close();
  }
  return secret;
}
