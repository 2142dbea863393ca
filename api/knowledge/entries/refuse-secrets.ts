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
  const guard = new TextGuard(guardSettings(row.rules), await readFingerprintKey(db, sealer));
  const confirmed = confirmedIn(request);
  const found: SecretFinding[] = [];
  for (const { id, path, moveTo = path, content } of saves) {
    if (content === null) continue;
    if (guard.newIn(moveTo, content.text, null).length === 0) continue;
    const head = await findEntry(db, row.id, id);
    const brought = guard.newIn(moveTo, content.text, head?.headText ?? null);
    found.push(...brought.filter(({ fingerprint }) => !confirmed.includes(fingerprint)));
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
    null,
    { secrets: found },
  );
}

/** What the request says may be saved; only routes that save have such a parameter. */
function confirmedIn({ query }: FastifyRequest): string[] {
  const { confirmSecrets = '' } = query as { confirmSecrets?: string };
  return confirmSecrets.split(',');
}
