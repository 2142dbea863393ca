import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StreamFailure } from '../../model/streams/errors.ts';
import { CacheBroken, type Session } from '../run/session.ts';
import { formatMessage } from './commit-message.ts';
import { cleanPerson, wholeSeconds } from './ident.ts';
import type { BuiltCommit } from './built-commit.ts';

/**
 * Makes the same commits once more, signed with the SSH key of the connection's credential. git signs them; with an Ed25519
 * or RSA key, the same commits have the same signatures, and so the same ids. Returns their ids. Throws `StreamFailure` (`internal_error`) if git
 * cannot sign: it needs ssh-keygen.
 */
export async function signCommits(
  session: Session,
  parent: string | null,
  built: readonly BuiltCommit[],
  privateKey: string,
): Promise<string[]> {
  if (built.length === 0) return [];
  // git wants a file; nobody else can read it, and it is gone right after.
  const file = join(session.cache.directory, `signing-${randomUUID()}`);
  await writeFile(file, `${privateKey.trim()}\n`, { mode: 0o600 });
  try {
    const signed: string[] = [];
    for (const commit of built)
      signed.push(await sign(session, { commit, onto: signed.at(-1) ?? parent, file }));
    return signed;
  } finally {
    await rm(file, { force: true });
  }
}

async function sign(
  session: Session,
  {
    commit: { tree, message, trailers, committedAt },
    onto,
    file,
  }: { commit: BuiltCommit; onto: string | null; file: string },
): Promise<string> {
  const { style } = session.connection;
  const author = cleanPerson(message.author);
  const committer = cleanPerson(style.committer);
  const args = ['commit-tree', '-S', '-F', '-', ...(onto === null ? [] : ['-p', onto]), tree];
  try {
    const stdout = await session.sign(args, {
      input: [Buffer.from(formatMessage(message, trailers, style))],
      config: { 'gpg.format': 'ssh', 'user.signingKey': file },
      identity: {
        GIT_AUTHOR_NAME: author.name,
        GIT_AUTHOR_EMAIL: author.email,
        GIT_AUTHOR_DATE: `@${wholeSeconds(message.authoredAt)} +0000`,
        GIT_COMMITTER_NAME: committer.name,
        GIT_COMMITTER_EMAIL: committer.email,
        GIT_COMMITTER_DATE: `@${committedAt} +0000`,
      },
    });
    return stdout.toString().trim();
  } catch (cause) {
    if (!(cause instanceof CacheBroken)) throw cause;
    throw new StreamFailure(
      'internal_error',
      `The commits for ${session.connection.url} cannot be signed: ${cause.message}. ` +
        'Install ssh-keygen (openssh-client) where Gitward runs, or check the signing key of the credential.',
      { cause },
    );
  }
}
