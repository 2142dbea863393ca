import { lineAt } from '../../../knowledge/front-matter/front-matter.ts';
import { variantsOf, variantText } from '../../../knowledge/prompts/variants.ts';
import { ApiProblem } from '../../http/problem.ts';
import type { TextSource } from './joined-text.ts';

/**
 * The text of a prompt's variant, as a source of its own; the whole one if `asked` is `undefined`. Throws 404
 * `variant_not_found`, and 422 `variant_broken` if its heading is missing, or there twice.
 */
export function variantSource(
  source: TextSource,
  asked: string | undefined,
): TextSource & { variant: string | null } {
  if (asked === undefined) return { ...source, variant: null };
  const found = variantText(source.body, variantsOf(source.fields), asked);
  if (found.kind === 'missing') throw new ApiProblem(404, 'variant_not_found', found.message);
  if (found.kind === 'broken') throw new ApiProblem(422, 'variant_broken', found.message);
  const bodyLine = source.bodyLine + lineAt(source.body, found.start) - 1;
  return { ...source, body: found.text, bodyLine, variant: found.name };
}
