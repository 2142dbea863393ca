import type { Command } from 'commander';
import { clientFrom, processIo, UsageError, type ClientIo } from '../../client/client-command.ts';
import { asLocal } from '../../client/local-command.ts';

interface Options {
  out?: string;
  audit?: boolean;
}

/** Adds `gitward support-bundle`. `given` is as for `gitward doctor`. */
export function registerSupportBundle(
  program: Command,
  io: ClientIo = processIo,
  given: NodeJS.ProcessEnv = io.env,
): void {
  asLocal(
    program
      .command('support-bundle')
      .description('write what somebody needs who helps you, without secrets, to a file')
      .option('--out <file>', 'a new file (default: gitward-support-<time>.tar.gz in this folder)')
      .option('--audit', 'also the last entries of the audit log, which name people'),
    io,
    async ({ out, audit = false }: Options) => {
      const [{ examine }, { writeBundle }] = await Promise.all([
        import('../../doctor/examined.ts'),
        import('../../support-bundle/write-bundle.ts'),
      ]);
      const time = new Date().toISOString().slice(0, 19).replace(/\D/g, '');
      const file = out ?? `gitward-support-${time}.tar.gz`;
      const examined = await examine(given);
      try {
        const api = () => clientFrom(io, undefined);
        const contents = await writeBundle({ examined, audit, api }, file);
        return { json: { file, contents }, text: `${contents}\nWritten to ${file}.\n` };
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        if (code === undefined) throw error;
        throw new UsageError(
          code === 'EEXIST'
            ? `${file} exists: name a new file with --out.`
            : `${file} cannot be written: ${message}. Name another one with --out.`,
          { cause: error },
        );
      } finally {
        await examined.close();
      }
    },
    `
Run it where Gitward runs, as \`gitward doctor\`. The file can be read only by you; CONTENTS.md in it lists what is in it and what was left
out. Read it before you pass it on. It changes nothing else.

Exit codes: 0 it was written; 2 the file exists or cannot be written, or the command line is wrong.`,
  );
}
