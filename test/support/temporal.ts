import { homedir } from 'node:os';
import { join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { inject } from 'vitest';
import { findTemporalProgram } from '../../embedded/temporal-program.ts';
import {
  temporalServer,
  timeSkippingServer,
  type TemporalProgram,
} from '../../embedded/temporal-programs.ts';
import { addSearchAttributes } from '../../temporal/search-attributes.ts';
import { searchAttributes } from '../../workflows/streams/search-attributes.ts';
import { claimNamespace } from './namespaces.ts';

/**
 * The time-skipping server, which runs hours in milliseconds. It supports neither schedules nor listing. Use one per
 * test file; end it with `teardown()` in `afterAll`, when no workflow is open.
 */
export async function timeSkippingEnvironment(): Promise<TestWorkflowEnvironment> {
  const path = await programPath(timeSkippingServer);
  const environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
  });
  // This server can add search attributes, but not list them.
  await addSearchAttributes(environment.client);
  return environment;
}

/**
 * A namespace for the caller alone on the run's server, a real Temporal server in memory, with our search attributes.
 * End it with `teardown()` in `afterAll`.
 */
export async function namespaceEnvironment(): Promise<TestWorkflowEnvironment> {
  return TestWorkflowEnvironment.createFromExistingServer({
    address: inject('temporalAddress'),
    namespace: await claimNamespace(),
  });
}

/** As {@link namespaceEnvironment}, but with a server of its own, for settings that apply to a whole server. */
export async function devServerEnvironment(
  extraArgs: string[] = [],
): Promise<TestWorkflowEnvironment> {
  const path = await programPath(temporalServer);
  return TestWorkflowEnvironment.createLocal({
    server: {
      executable: { type: 'existing-path', path },
      searchAttributes: Object.values(searchAttributes),
      extraArgs,
    },
  });
}

/** The path of the program, which is downloaded at its first use on a machine. */
export async function programPath(program: TemporalProgram): Promise<string> {
  return findTemporalProgram({
    program,
    cacheDirectory: join(homedir(), '.cache', 'gitward'),
    onProgress: (line) => process.stderr.write(`${line}\n`),
  });
}
