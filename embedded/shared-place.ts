import { mkdir, stat } from 'node:fs/promises';

/**
 * Where root keeps what an unprivileged server must reach, when the checkout or the data directory is
 * below a home that is closed to others. Owned by root, and writable by root alone.
 */
export const sharedPlace = '/var/lib/gitward';

/** Makes {@link sharedPlace}. Throws where somebody else owns it or may write to it. */
export async function makeSharedPlace(): Promise<string> {
  await mkdir(sharedPlace, { recursive: true, mode: 0o755 });
  const { uid, mode } = await stat(sharedPlace);
  if (uid !== 0 || (mode & 0o022) !== 0) {
    throw new Error(
      `${sharedPlace} must belong to root and be writable by root alone ` +
        `(chown root ${sharedPlace} && chmod 755 ${sharedPlace}).`,
    );
  }
  return sharedPlace;
}
