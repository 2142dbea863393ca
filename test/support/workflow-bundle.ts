import { fileURLToPath } from 'node:url';
import { DefaultLogger, Runtime } from '@temporalio/worker';

/** Our workflows, bundled once by the run's build. */
export const workflowBundle = {
  codePath: fileURLToPath(new URL('../../dist/workflows-bundle.js', import.meta.url)),
};

/** Makes Temporal's runtime say errors alone. Called before anything of Temporal's is made. */
export function quietRuntime(): void {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } },
  });
}
