import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

/*
 * Run by `npm run build` on the compiled code: bundles the workflows once, so that a worker starts
 * without a bundler and every worker of an image runs the same code.
 */
const workflowsPath = fileURLToPath(new URL('../workflows/index.js', import.meta.url));
const bundlePath = fileURLToPath(new URL('../workflows-bundle.js', import.meta.url));

const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') });
await writeFile(bundlePath, code);
