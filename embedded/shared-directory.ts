import { mkdir, stat } from 'node:fs/promises';

/**
 * Where root keeps what an unprivileged server must reach if the checkout or the data directory is
 * inside a home directory that others cannot enter. Owned by root, and writable only by root.
 */
export const sharedDirectory = '/var/lib/gitward';

/** Creates {@link sharedDirectory}. Throws if someone else owns it or may write to it. */
export async function makeSharedDirectory(): Promise<string> {
  await mkdir(sharedDirectory, { recursive: true, mode: 0o755 });
  const { uid, mode } = await stat(sharedDirectory);
  if (uid !== 0 || (mode & 0o022) !== 0) {
    throw new Error(
      `${sharedDirectory} must belong to root and be writable only by root ` +
        `(chown root ${sharedDirectory} && chmod 755 ${sharedDirectory}).`,
    );
  }
  return sharedDirectory;
}
