import type { WorkflowClientInterceptor } from '@temporalio/client';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { Config } from '../../config.ts';
import type { Running } from '../running/running.ts';
import { readVersion } from '../version.ts';
import type { ProcessName } from './process-logger.ts';

/** How traces pass through Temporal: with signals, and with activities. */
export interface TemporalTracing {
  signals: WorkflowClientInterceptor;
  activities: ActivityInterceptorsFactory;
}

/**
 * Starts tracing this process if the settings name a collector, and adds it to `running`; `null` if they do not, and then
 * what makes and sends spans is not even loaded. Call it before the parts that it traces.
 */
export async function startTracingPart(
  { tracing: settings }: Config,
  process: ProcessName,
  logger: Logger,
  running: Running,
): Promise<TemporalTracing | null> {
  if (settings === null) return null;
  const [{ startTracing }, { tracedSignals }, { tracedActivities }] = await Promise.all([
    import('../../telemetry/tracing.ts'),
    import('../../temporal/traced-signals.ts'),
    import('../../worker/traced-activities.ts'),
  ]);
  const tracing = startTracing({
    ...{ settings, process, version: readVersion() },
    logger: logger.child({ part: 'tracing' }),
  });
  running.add({ name: 'Tracing', stop: () => tracing.stop() });
  return { signals: tracedSignals(), activities: tracedActivities };
}
