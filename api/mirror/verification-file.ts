import { Type, type Static } from '@fastify/type-provider-typebox';
import pTimeout from 'p-timeout';
import { findMirror, type Mirror } from '../../db/mirror/mirrors.ts';
import { findExpectedFile, findVerification } from '../../db/mirror/verifications.ts';
import { openRemote } from '../../db/streams/open-remote.ts';
import type { Clone } from '../../git/clones/clone-types.ts';
import { mirrorStream, type MirrorKey } from '../../model/mirror/ids.ts';
import type { ApiDeps } from '../http/deps.ts';
import { ApiProblem, mirrorNotFound } from '../http/problem.ts';
import { Nullable, OneOf } from '../http/schema-parts.ts';
import { textOf } from './reading/tree-files.ts';

const Side = Type.Object({
  text: Nullable(Type.String()),
  leftOut: Nullable(OneOf('absent', 'not_kept', 'too_large', 'not_text', 'gone')),
});

/** Both sides of a path that differed when Git was compared with the source. */
export const VerificationFileView = Type.Object({
  path: Type.String(),
  kind: OneOf('missing', 'different', 'unexpected'),
  expected: Type.Object(Side.properties, {
    description:
      'What the source makes. `not_kept`: only the first ones of up to 64 KiB are kept, and none of job runs and samples.',
  }),
  found: Type.Object(Side.properties, {
    description:
      'What Git has at the commit that was compared. `gone`: the branch no longer has that commit.',
  }),
});

/** How long the repository may take, and how long an answer waits for it, in milliseconds. */
const longestFetch = 120_000;
const patience = 45_000;
const largestShown = 256 * 1024;

/** Reads both sides of a path that differed in the last verification; throws 404 if it is none of those listed. */
export async function readVerificationFile(
  deps: ApiDeps,
  key: MirrorKey,
  path: string,
): Promise<Static<typeof VerificationFileView>> {
  const { db, sealer } = deps;
  const stream = mirrorStream(key);
  const [row, verification] = await Promise.all([
    findMirror(db, key),
    findVerification(db, stream),
  ]);
  if (row === null) throw mirrorNotFound(key.projectId, key.branchId);
  const difference = verification?.differences.find((one) => one.path === path);
  if (verification === null || difference === undefined)
    throw new ApiProblem(
      404,
      'path_not_found',
      `The last verification of ${stream} lists no difference at ${JSON.stringify(path.slice(0, 300))}.`,
    );
  const { kind } = difference;
  const [expected, found] = await Promise.all([
    kind === 'unexpected' ? null : findExpectedFile(db, sealer, stream, path),
    kind === 'missing' || verification.commit === null
      ? leftOut('absent')
      : readFound(deps, row, verification.commit, path),
  ]);
  const made = expected === null ? leftOut('not_kept') : side(expected);
  return { path, kind, expected: kind === 'unexpected' ? leftOut('absent') : made, found };
}

async function readFound(
  deps: ApiDeps,
  row: Mirror,
  commit: string,
  path: string,
): Promise<Static<typeof Side>> {
  const place = row.subdirectory === '' ? path : `${row.subdirectory}/${path}`;
  const reading = deps.clones.withClone(
    await openRemote(deps, row),
    { commit, orKept: true },
    async (clone) => ((await clone.has(commit)) ? readAt(clone, commit, place) : leftOut('gone')),
    { signal: AbortSignal.timeout(longestFetch) },
  );
  return pTimeout(reading, {
    milliseconds: patience,
    message: new ApiProblem(
      503,
      'timed_out',
      'The repository is being fetched. Try again in a minute.',
      [],
      60,
    ),
  });
}

async function readAt(clone: Clone, commit: string, path: string): Promise<Static<typeof Side>> {
  const blobId = await clone.blobAt(commit, path);
  if (blobId === null) return leftOut('absent');
  for await (const { content } of clone.blobs([blobId], largestShown))
    return content === null ? leftOut('too_large') : side(content);
  return leftOut('gone');
}

function side(content: Uint8Array): Static<typeof Side> {
  const text = textOf(content);
  return text === null ? leftOut('not_text') : { text, leftOut: null };
}

function leftOut(reason: Exclude<Static<typeof Side>['leftOut'], null>): Static<typeof Side> {
  return { text: null, leftOut: reason };
}
