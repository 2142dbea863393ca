import type { Check } from './check.ts';
import { apiCheck } from './checks/api.ts';
import { certificatesCheck } from './checks/certificates.ts';
import { clocksCheck } from './checks/clocks.ts';
import { databaseCheck } from './checks/database.ts';
import { diskCheck } from './checks/disk.ts';
import { housekeepingCheck } from './checks/housekeeping.ts';
import { mailCheck } from './checks/mail.ts';
import { masterKeyCheck } from './checks/master-key.ts';
import { permissionsCheck } from './checks/permissions.ts';
import { proxyCheck } from './checks/proxy.ts';
import { repositoriesCheck } from './checks/repositories.ts';
import { settingsCheck } from './checks/settings.ts';
import { signInCheck } from './checks/sign-in.ts';
import { temporalCheck } from './checks/temporal.ts';
import { versionsCheck } from './checks/versions.ts';

/** Everything that `gitward doctor` looks at. */
export const allChecks: readonly Check[] = [
  settingsCheck,
  versionsCheck,
  permissionsCheck,
  diskCheck,
  databaseCheck,
  housekeepingCheck,
  masterKeyCheck,
  temporalCheck,
  apiCheck,
  clocksCheck,
  proxyCheck,
  certificatesCheck,
  repositoriesCheck,
  signInCheck,
  mailCheck,
];
