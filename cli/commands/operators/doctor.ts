import type { Command } from 'commander';
import { processIo, type ClientIo } from '../../client/client-command.ts';
import { asLocal } from '../../client/local-command.ts';

/**
 * Adds `gitward doctor`. `given` is the environment as the operator set it: before Gitward excepts this machine from
 * proxies for itself.
 */
export function registerDoctor(
  program: Command,
  io: ClientIo = processIo,
  given: NodeJS.ProcessEnv = io.env,
): void {
  asLocal(
    program
      .command('doctor')
      .description('check this installation: each fault in a sentence, with what to do'),
    io,
    async () => {
      const [{ runDoctor }, { reportText }] = await Promise.all([
        import('../../doctor/run-doctor.ts'),
        import('../../doctor/report.ts'),
      ]);
      const report = await runDoctor(given);
      const isBad = report.counts.fails > 0;
      return { json: report, text: reportText(report), exitCode: isBad ? 1 : 0 };
    },
    `
Run it where Gitward runs: as its user, with its environment, while it runs. It looks at settings, versions, permissions, disk, database,
housekeeping, master key, Temporal, the API, clocks, proxies, certificates, repositories, sign-in and mail. It changes nothing, and prints no secret.

Exit codes: 0 nothing has to be mended (warnings are worth a look); 1 something has to be; 2 the command line is wrong.`,
  );
}
