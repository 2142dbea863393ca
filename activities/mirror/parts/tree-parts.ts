import type {
  ObjectKey,
  RenderedFile,
  RenderWarning,
  ReplacedSecret,
} from '../../../model/platform/tree.ts';
import type { Trx } from '../../../db/connect.ts';
import type { PartName } from '../../../platforms/platform.ts';
import { attributesKind } from '../attributes.ts';
import { jobsPart } from './part-jobs.ts';
import { samplesPart } from './part-samples.ts';
import type { PartContext, PartOutcome, ShownParts, TreePart } from './tree-part.ts';

/** The parts of a tree that are not rendered from objects and storage. */
const parts: Readonly<Record<PartName, TreePart>> = { samples: samplesPart, jobs: jobsPart };

/** The steps in which the files of the parts are made. */
const rendering: Readonly<Record<PartName, string>> = {
  samples: 'Rendering samples of tables',
  jobs: 'Rendering job runs',
};

/** The first segments of the keys of the parts' objects. */
export const partKinds: readonly string[] = ['sample', 'job', 'job-summary', attributesKind];

/** Whether an object belongs to a part. */
export function isOfPart(owner: ObjectKey): boolean {
  return partKinds.includes(owner.slice(0, owner.indexOf('/')));
}

/** What all the parts add to a window. */
export interface PartsOutcome {
  files: RenderedFile[];
  removed: Pick<RenderedFile, 'path' | 'owner'>[];
  replacedSecrets: ReplacedSecret[];
  warnings: RenderWarning[];
  /** Whether one of the parts checked this object: see `PartOutcome`. */
  tells(owner: ObjectKey): boolean;
  /** What summaries should show from now on; `null` if nothing changes. */
  shown: Partial<ShownParts> | null;
  keep(trx: Trx): Promise<void>;
}

/** Asks all parts that the platform has, one after another. */
export async function askParts(context: PartContext): Promise<PartsOutcome> {
  const all: PartsOutcome = {
    files: [],
    removed: [],
    replacedSecrets: [],
    warnings: [],
    tells: (owner) => outcomes.some((outcome) => outcome.tells(owner)),
    shown: null,
    async keep(trx) {
      for (const outcome of outcomes) await outcome.keep(trx);
    },
  };
  const outcomes: PartOutcome[] = [];
  for (const name of context.platform.parts) {
    const outcome = await parts[name](context);
    let done = 0;
    for await (const file of outcome.files) {
      all.files.push(file);
      context.execution.step(rendering[name], { done: ++done });
    }
    all.removed.push(...outcome.removed);
    // Filled while the files were made.
    all.replacedSecrets.push(...outcome.replacedSecrets);
    all.warnings.push(...outcome.warnings);
    if (outcome.shown !== undefined) all.shown = { ...all.shown, ...outcome.shown };
    outcomes.push(outcome);
  }
  return all;
}
