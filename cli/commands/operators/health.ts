import type { Command } from 'commander';
import type { ApiClient } from '../../client/api-client.ts';
import { asClient, processIo, type ClientIo, type Said } from '../../client/client-command.ts';
import { installationHealthText } from './installation-health-text.ts';

/** Adds `gitward health`. */
export function registerHealth(program: Command, io: ClientIo = processIo): void {
  asClient(
    program
      .command('health')
      .description('show what the page Health shows: alerts, who is affected, and all figures')
      .addHelpText(
        'after',
        '\nThe exit code is 1 if there is a reason for an alert now. Prometheus tells of one only when its reason has lasted for a while.\n' +
          'The token must be that of an operator or admin who may see all projects and spaces.',
      ),
    io,
    act,
  );

  async function act(client: ApiClient): Promise<Said> {
    const health = await client.send('GET /v1/installation/health', {});
    const isWrong = health.alerts.some((alert) => alert.isWrong);
    return { json: health, text: installationHealthText(health), exitCode: isWrong ? 1 : 0 };
  }
}
