import { mkdir, stat } from 'node:fs/promises';

/**
 * Where root keeps what an unprivileged server must reach, when the checkout or the data directory is
 * below a home that is closed to others. Owned by root, and writable by root alone.
 */
export const sharedDirectory = '/var/lib/gitward';

/** Makes {@link sharedDirectory}. Throws where somebody else owns it or may write to it. */
export async function makeSharedDirectory(): Promise<string> {
  await mkdir(sharedDirectory, { recursive: true, mode: 0o755 });
  const { uid, mode } = await stat(sharedDirectory);
  if (uid !== 0 || (mode & 0o022) !== 0) {
    throw new Error(
      `${sharedDirectory} must belong to root and be writable by root alone ` +
        `(chown root ${sharedDirectory} && chmod 755 ${sharedDirectory}).`,
    );
  }
  return sharedDirectory;
}
