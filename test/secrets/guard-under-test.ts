import { guardSettings } from '../../model/text/secrets-in-text.ts';
import { TextGuard } from '../../secrets/text-guard.ts';

/** A guard with these settings, and a key of its own. */
export function guardWith(settings: Parameters<typeof guardSettings>[0] = {}): TextGuard {
  return new TextGuard(guardSettings(settings), Buffer.alloc(32, 7));
}
