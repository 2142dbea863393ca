import { status } from '@grpc/grpc-js';
import { isGrpcServiceError, type Client } from '@temporalio/client';
import {
  listMissingSearchAttributes,
  SearchAttributesMissing,
} from '../../../temporal/search-attributes.ts';
import { createMirrorWorkflows } from '../../../temporal/mirror/create-mirror-workflows.ts';
import { fails, ok, reasonOf, warning, type Check, type Found } from '../check.ts';

/** How long one answer may take, in milliseconds. */
const patience = 8_000;

/** Whether Temporal answers, and has our namespace, its search attributes and a worker. */
export const temporalCheck: Check = {
  name: 'Temporal',
  async look({ temporal, config }) {
    if (temporal === null)
      return [
        warning(
          "Gitward's own Temporal does not run, so what is in it was not looked at.",
          'Start it with `gitward start`, and look again meanwhile. Set TEMPORAL_ADDRESS if you have your own.',
        ),
      ];
    if (temporal instanceof Error)
      return [
        fails(
          `The settings for Temporal cannot be used: ${reasonOf(temporal)}.`,
          'Correct the variables that begin with TEMPORAL_.',
        ),
      ];
    const { client } = temporal;
    const { namespace } = client.options;
    const where = config.temporalAddress ?? "Gitward's own server";
    let version: string;
    try {
      version = await inTime(client, () => serverVersion(client));
      await inTime(client, () => client.workflowService.describeNamespace({ namespace }));
    } catch (error) {
      return [refusedBy(error, { where, namespace })];
    }
    const findings = await Promise.all([
      inTime(client, () => attributes(client)),
      worker(client, config.timings),
    ]);
    return [
      ok(`Temporal ${version} answers at ${where}, and has the namespace ${namespace}.`),
      ...findings,
    ];
  },
};

function inTime<T>({ connection }: Client, call: () => Promise<T>): Promise<T> {
  return connection.withDeadline(Date.now() + patience, call);
}

async function serverVersion({ workflowService }: Client): Promise<string> {
  const { serverVersion: version } = await workflowService.getSystemInfo({});
  return version;
}

function refusedBy(error: unknown, at: { where: string; namespace: string }): Found {
  const { where, namespace } = at;
  const code = isGrpcServiceError(error) ? error.code : null;
  if (code === status.NOT_FOUND)
    return fails(
      `Temporal at ${where} has no namespace ${namespace}.`,
      `Create it (temporal operator namespace create --namespace ${namespace}), or set TEMPORAL_NAMESPACE to one that exists; then run \`gitward migrate\`.`,
    );
  if (code === status.PERMISSION_DENIED || code === status.UNAUTHENTICATED)
    return fails(
      `Temporal at ${where} does not let us into the namespace ${namespace}: ${reasonOf(error)}.`,
      'Correct TEMPORAL_API_KEY, or the certificate in TEMPORAL_TLS_…',
    );
  return fails(
    `Temporal does not answer at ${where}: ${reasonOf(error)}.`,
    'Start it, and check the host and the port in TEMPORAL_ADDRESS, TEMPORAL_TLS_… and what is between here and there. Changes and saves are accepted meanwhile.',
  );
}

async function attributes(client: Client): Promise<Found> {
  try {
    const missing = await listMissingSearchAttributes(client);
    if (missing.length === 0) return ok('It has the search attributes.');
    return fails(
      `The namespace lacks the search attributes ${missing.join(', ')}.`,
      'Run `gitward migrate`, which adds them, or says which commands do.',
    );
  } catch (error) {
    if (error instanceof SearchAttributesMissing)
      return fails(error.message, 'Give Gitward a namespace of its own.');
    return warning(
      `Temporal cannot be asked for the search attributes: ${reasonOf(error)}.`,
      'Let our role list them (operator service), or compare them by hand.',
    );
  }
}

async function worker(
  client: Client,
  timings: Parameters<typeof createMirrorWorkflows>[0]['timings'],
): Promise<Found> {
  const { worker: isThere } = await createMirrorWorkflows({ client, timings }).health();
  return isThere
    ? ok('A worker asks it for work.')
    : warning(
        'No worker has asked it for work in the last 90 s, so nothing is read or sent.',
        'Start one (`gitward worker`, or `gitward start`); its log says why an earlier one ended.',
      );
}
