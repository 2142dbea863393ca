import type { JobRun } from '../../model/platform/job.ts';
import type { JsonObject } from '../../model/text/json.ts';
import type { MirrorPolicy } from '../../model/mirror/mirror.ts';
import { jobKey, jobSummaryKey } from '../../model/platform/object-key.ts';
import type { RenderedFile, ReplacedSecret } from '../../model/platform/tree.ts';
import { TreeBuilder, type DraftFile } from '../tree/tree-builder.ts';
import { summaryPath } from './job-path.ts';
import { runDocument } from './run-document.ts';

/** The file of a run or of a day, and the secrets that were left out of it. */
export interface RenderedJob {
  file: RenderedFile;
  replacedSecrets: ReplacedSecret[];
}

/** The branch that the file is for, and what to do with encrypted values. */
export interface RenderJobOptions {
  branchId: string;
  secrets: MirrorPolicy['secrets'];
}

/** Renders the file of a run at its path. The same run always gives the same bytes. */
export function renderRun(
  { run, path }: { run: JobRun; path: string },
  { branchId, secrets }: RenderJobOptions,
): RenderedJob {
  return render({ path, owner: jobKey(branchId, run.runId), content: runDocument(run) }, secrets);
}

/** Renders the file of a day's summary. */
export function renderDaySummary(
  { day, summary }: { day: string; summary: JsonObject },
  { branchId, secrets }: RenderJobOptions,
): RenderedJob {
  const owner = jobSummaryKey(branchId, day);
  return render({ path: summaryPath(day), owner, content: summary, itemLines: true }, secrets);
}

function render(draft: DraftFile, secrets: MirrorPolicy['secrets']): RenderedJob {
  const tree = new TreeBuilder(secrets);
  tree.add([draft]);
  const [file] = tree.take();
  if (file === undefined) throw new Error(`${draft.path} was not written.`);
  return { file, replacedSecrets: tree.replacedSecrets };
}
