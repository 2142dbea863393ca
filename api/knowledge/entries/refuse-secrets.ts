import type { FastifyRequest } from 'fastify';
import { findEntry } from '../../../db/knowledge/entries.ts';
import { readFingerprintKey } from '../../../db/streams/installation.ts';
import { guardSettings, type SecretFinding } from '../../../model/text/secrets-in-text.ts';
import { TextGuard } from '../../../secrets/text-guard.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import type { SpaceAccess } from '../spaces/space-access.ts';
import type { AskedSave } from './asked-save.ts';

/**
 * Throws 422 `secret_found`, with lines, if saves bring secrets into texts. What the entry has already, what the space
 * allows, and what the request confirms may be saved.
 */
export async function refuseSecrets(
  { db, sealer }: ApiDeps,
  request: FastifyRequest,
  { row }: SpaceAccess,
  saves: readonly AskedSave[],
): Promise<void> {
  const settings = guardSettings(row.rules);
  if (settings.mode !== 'mask') return;
  const guard = new TextGuard(settings, await readFingerprintKey(db, sealer));
  const found: SecretFinding[] = [];
  for (const { id, path, moveTo = path, content } of saves) {
    if (content === null) continue;
    const { findings } = guard.look(moveTo, content.text);
    if (findings.length === 0) continue;
    const head = await findEntry(db, row.id, id);
    const known = new Set([
      ...guard.look(moveTo, head?.headText ?? '').findings.map(({ fingerprint }) => fingerprint),
      ...confirmedIn(request),
    ]);
    found.push(...findings.filter(({ fingerprint }) => !known.has(fingerprint)));
  }
  const [first] = found;
  if (first === undefined) return;
  throw new ApiProblem(
    422,
    'secret_found',
    `Line ${first.line} of ${first.path} has what looks like a secret (${first.rule}). Nothing was saved: put it where secrets ` +
      'are kept, or say with `confirmSecrets` that it may be in Git.',
    found.map(({ path, line, rule, fingerprint }) => ({
      pointer: '/text',
      message: `${path}, line ${line}: ${rule}, fingerprint ${fingerprint}`,
    })),
  );
}

/** What the request says may be saved; only routes that save have such a parameter. */
function confirmedIn({ query }: FastifyRequest): string[] {
  const { confirmSecrets = '' } = query as { confirmSecrets?: string };
  return confirmSecrets.split(',');
}
