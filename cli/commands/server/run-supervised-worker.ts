import { readConfig, type Config } from '../../../config.ts';
import { describeError } from '../../describe-error.ts';
import type { OperatorsServers } from '../../parts/operators-servers.ts';
import { processLogger } from '../../parts/process-logger.ts';
import { runUntilStopped } from '../../running/run-until-stopped.ts';
import { embeddedTemporal, operatorsTemporal } from '../../../temporal/connect.ts';
import type { WorkingServers } from '../../worker-process/messages.ts';
import { listenToMain } from '../../worker-process/main-process.ts';
import { bringUpWorker } from './run-worker.ts';

/**
 * Runs the worker of `gitward start` until that stops it or ends; returns the exit code. What goes wrong is told to the
 * main process, which writes it to its log.
 */
export async function runSupervisedWorker(env: NodeJS.ProcessEnv): Promise<number> {
  const main = listenToMain();
  try {
    const config = readConfig(env);
    const logger = processLogger(config, 'worker');
    return await runUntilStopped(main, async (running, signal) => {
      const servers = serversOf(config, await main.untilBegun(signal));
      await bringUpWorker({ config, servers, logger }, running);
      main.tellUp();
    });
  } catch (error) {
    const { text, exitCode } = describeError(error);
    main.terminal.problem(text);
    return exitCode;
  } finally {
    main.close();
  }
}

function serversOf(
  { temporalAddress: own, temporalNamespace }: Config,
  { databaseUrl, temporalAddress, masterKey }: WorkingServers,
): OperatorsServers {
  const temporal = (own === null ? embeddedTemporal : operatorsTemporal)(
    temporalAddress,
    temporalNamespace,
  );
  return { databaseUrl, temporal, masterKey: Buffer.from(masterKey, 'base64') };
}
