import { findUnopened, reseal } from '../../db/reseal.ts';
import type { Terminal } from '../running/terminal.ts';
import type { Core } from './compose.ts';

/** If previous master keys are set, seals everything that is still sealed under them under the master key. */
export async function sealAnew(
  { config, db, sealer }: Pick<Core, 'config' | 'db' | 'sealer'>,
  terminal: Terminal,
): Promise<void> {
  if (config.previousMasterKeys.length === 0) return;
  const count = await terminal.during('Sealing under the new master key', reseal(db, sealer));
  const unopened = await findUnopened(db, sealer, 'all');
  terminal.progress(
    unopened.length === 0
      ? `Everything is sealed under GITWARD_MASTER_KEY (values that were sealed anew: ${count}). ` +
          'If no process uses a previous key any more, remove GITWARD_MASTER_KEY_PREVIOUS.'
      : `Values that were sealed anew: ${count}. Others are sealed under keys that are not given: ` +
          unopened.map(({ column, keyIds }) => `${column} (key ${keyIds.join(', ')})`).join('; '),
  );
}
