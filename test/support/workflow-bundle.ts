import { fileURLToPath } from 'node:url';
import { DefaultLogger, Runtime } from '@temporalio/worker';

/** Our workflows, bundled once by the build of the run. */
export const workflowBundle = {
  codePath: fileURLToPath(new URL('../../dist/workflows-bundle.js', import.meta.url)),
};

/**
 * Makes Temporal's runtime log only errors. Call it before anything else of Temporal's is created.
 */
export function quietRuntime(): void {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } },
  });
}
