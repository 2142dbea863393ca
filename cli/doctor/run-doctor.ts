import { runChecks, type Check } from './check.ts';
import { allChecks } from './checks.ts';
import { examine } from './examined.ts';
import { reportOf, type DoctorReport } from './report.ts';

/** Makes the checks on the installation of an environment; changes nothing. Rejects for no state of it. */
export async function runDoctor(
  env: NodeJS.ProcessEnv,
  checks: readonly Check[] = allChecks,
): Promise<DoctorReport> {
  const examined = await examine(env);
  try {
    return reportOf(await runChecks(checks, examined));
  } finally {
    await examined.close();
  }
}
