import { findUnopened } from '../../../db/reseal.ts';
import { rowsOfEach, unopenedMend, unopenedText } from '../../parts/check-sealed.ts';
import { ok, fails, warning, type Check } from '../check.ts';
import { databaseNotUsable } from './not-looked-at.ts';

/** Whether the master keys open what is sealed in the database. */
export const masterKeyCheck: Check = {
  name: 'master key',
  async look({ config, sealer, usableDatabase }) {
    const previous =
      config.previousMasterKeys.length === 0
        ? []
        : [
            warning(
              `GITWARD_MASTER_KEY_PREVIOUS has ${config.previousMasterKeys.length} of them.`,
              'When `gitward migrate` has sealed everything anew and no process uses them any more, remove them.',
            ),
          ];
    const db = await usableDatabase();
    if (sealer === null)
      return [
        db === null && config.databaseUrl === null
          ? ok('There is none yet: the first `gitward start` makes one in the data directory.')
          : fails(
              'There is no master key, without which nothing that is sealed can be opened.',
              'Set GITWARD_MASTER_KEY, or restore the file master-key in the data directory from a copy.',
            ),
      ];
    if (db === null) return [databaseNotUsable('Whether it opens what is stored'), ...previous];
    const unopened = await findUnopened(db, sealer, rowsOfEach);
    if (unopened.length > 0)
      return [fails(unopenedText(sealer, unopened), unopenedMend), ...previous];
    return [ok('It opens what is stored.'), ...previous];
  },
};
