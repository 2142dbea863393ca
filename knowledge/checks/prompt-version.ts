import { createHash } from 'node:crypto';
import type { CheckSource } from '../../model/knowledge/check.ts';

/**
 * Names what a prompt's text is made of, exactly: the contents of its file, of its blocks in their order, and of what they
 * include. Two texts with the same name differ at most by the values that are filled in.
 */
export function promptVersion({
  prompt,
  blocks,
  includes,
}: Record<'blocks' | 'includes', readonly CheckSource[]> & { prompt: CheckSource }): string {
  const named = ({ space, id, blob }: CheckSource) => [space, id, blob];
  const parts = [named(prompt), blocks.map(named), includes.map(named).sort()];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
