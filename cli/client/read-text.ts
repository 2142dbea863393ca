import { readFile } from 'node:fs/promises';
import { UsageError, type ClientIo } from './client-command.ts';
import { utf8Text } from './utf8-text.ts';

/** A file's text. Throws {@link UsageError} if it cannot be read, or is not UTF-8. */
export async function readText(path: string): Promise<string> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new UsageError(`${path} cannot be read: ${(cause as Error).message}`, { cause });
  });
  const text = utf8Text(bytes);
  if (text === null) throw new UsageError(`${path} is not UTF-8.`);
  return text;
}

/** Like {@link readText}; `-` is standard input. */
export async function readTextOrInput(
  path: string,
  { readInput }: Pick<ClientIo, 'readInput'>,
): Promise<string> {
  return path === '-' ? readInput() : readText(path);
}
