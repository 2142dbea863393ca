import { fails, ok, warning, type Check } from '../check.ts';

/** Whether the settings can be used, and whether something that looks like one is none. */
export const settingsCheck: Check = {
  name: 'settings',
  look: ({ problems, unknown, config }) =>
    Promise.resolve([
      ...problems.map((problem) =>
        fails(problem, 'Correct it in the environment of each process, and start Gitward again.'),
      ),
      ...unknown.map((name) =>
        warning(
          `${name} is set, and nothing reads it.`,
          'Correct its name, or remove it: the README lists all settings.',
        ),
      ),
      ...(config.databaseUrl !== null && config.masterKey === null
        ? [
            fails(
              'DATABASE_URL is set, and GITWARD_MASTER_KEY is not: all processes need the same key.',
              'Set GITWARD_MASTER_KEY to the key that this database was written with, or to a new one for a new database (openssl rand -base64 32).',
            ),
          ]
        : []),
      ...(problems.length === 0 ? [ok('All settings can be used.')] : []),
    ]),
};
