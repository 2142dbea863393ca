import { access, constants, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fails, ok, warning, type Check, type Found } from '../check.ts';
import { nearestThere } from './nearest-there.ts';

const foldersInside = ['git-cache', 'git-clones', 'git-texts'];
/** What only the owner may read. */
const secretFiles = ['master-key', 'admin-token', 'postgres-password'];

/** Whether the data directory is ours, can be written to, and keeps its secrets to itself. */
export const permissionsCheck: Check = {
  name: 'permissions',
  async look({ config: { dataDir } }) {
    const found = await statOrNull(dataDir);
    if (found === null) return [await canBeMade(dataDir)];
    const [folders, secrets] = await Promise.all([
      Promise.all(
        [dataDir, ...foldersInside.map((name) => join(dataDir, name))].map(folderFindings),
      ),
      Promise.all(secretFiles.map((name) => secretFindings(join(dataDir, name)))),
    ]);
    const findings = [...folders, ...secrets].flat();
    return findings.length > 0
      ? findings
      : [ok(`${dataDir} can be written to, and keeps its secrets to its owner.`)];
  },
};

async function canBeMade(dataDir: string): Promise<Found> {
  const { path: above, isFolder } = await nearestThere(dataDir);
  if (!isFolder)
    return fails(
      `${dataDir} cannot be made, because ${above} is a file.`,
      'Move that away, or set another GITWARD_DATA_DIR.',
    );
  return (await isWritable(above))
    ? ok(`${dataDir} does not exist yet, and can be made.`)
    : fails(
        `${dataDir} does not exist, and ${above} cannot be written to.`,
        `Make it for the user that runs Gitward (install -d -m 700 -o USER ${dataDir}), or set another GITWARD_DATA_DIR.`,
      );
}

async function folderFindings(folder: string): Promise<Found[]> {
  const found = await statOrNull(folder);
  if (found === null) return [];
  if (!found.isDirectory())
    return [
      fails(
        `${folder} is a file where a folder has to be.`,
        'Move it away: a start makes the folder.',
      ),
    ];
  const user = process.getuid?.();
  if (user !== undefined && found.uid !== user)
    return [
      fails(
        `${folder} belongs to user ${found.uid}, and Gitward runs as user ${user}.`,
        `Give it to that user (chown -R ${user} ${folder}), or run this as the user that runs Gitward.`,
      ),
    ];
  if (!(await isWritable(folder)))
    return [
      fails(
        `${folder} cannot be written to.`,
        `Let its owner write there (chmod u+rwx ${folder}), or mount its file system for writing.`,
      ),
    ];
  return (found.mode & 0o022) === 0
    ? []
    : [
        fails(
          `Others may write to ${folder} (mode ${octal(found.mode)}), and so replace what is in it.`,
          `Take that from them: chmod go-w ${folder}`,
        ),
      ];
}

async function secretFindings(file: string): Promise<Found[]> {
  const found = await statOrNull(file);
  if (found === null) return [];
  if (!found.isFile())
    return [fails(`${file} is no file.`, 'Move it away, and restore the file from a copy.')];
  if ((found.mode & 0o077) !== 0)
    return [
      fails(
        `Others than its owner may read ${file} (mode ${octal(found.mode)}).`,
        `Take that from them: chmod 600 ${file}. If somebody may have read it, replace the secret.`,
      ),
    ];
  const user = process.getuid?.();
  return user === undefined || found.uid === user || user === 0
    ? []
    : [
        warning(
          `${file} belongs to user ${found.uid}, so it was not read.`,
          'Run this as the user that runs Gitward.',
        ),
      ];
}

async function isWritable(path: string): Promise<boolean> {
  return access(path, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function statOrNull(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}

function octal(mode: number): string {
  return (mode & 0o777).toString(8);
}
