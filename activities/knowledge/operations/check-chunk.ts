import { noteCheckResults, type RunResult } from '../../../db/knowledge/prompts/checks.ts';
import { listUndoneItems, noteDone } from '../../../db/knowledge/operation-items.ts';
import { lockOperation } from '../../../db/knowledge/operations.ts';
import type { ModelAnswer } from '../../../hosts/models/types.ts';
import { judgeAnswer } from '../../../knowledge/checks/judge-answer.ts';
import type { AskedExample } from '../../../knowledge/checks/example.ts';
import { cut } from '../../../model/text/outside-text.ts';
import type { Chunks, OperationRun } from './operation-run.ts';
import { openModel } from './open-model.ts';

/** More of an answer is judged, but not kept. */
const longestKept = 50_000;
const all = { items: 10_000, bytes: Number.MAX_SAFE_INTEGER };

/**
 * Runs the examples of a prompt, one at a time. If a worker is lost before it has noted an answer, the same example is run again. If nothing can be
 * asked at all, all that are left get the same error.
 */
export async function* checkChunks(run: OperationRun): Chunks {
  const { deps, row, execution, progress } = run;
  for (;;) {
    const [item] = await listUndoneItems(deps.db, row.id, { items: 1, bytes: 1 });
    if (item === undefined) return;
    await progress(item.name);
    const { messages, expected } = JSON.parse(item.content ?? '') as AskedExample;
    const model = await openModel(deps, row);
    const answer = 'kind' in model ? model : await deps.askModel(model, messages, execution);
    const { ordinal } = item;
    const result = { ordinal, ...judged(answer, expected) };
    const isStored = await store(run, result, answer.kind === 'error' && answer.isForAll);
    yield isStored ? 'done' : 'ended';
    if (!isStored) return;
  }
}

function judged(
  answer: ModelAnswer,
  expected: AskedExample['expected'],
): Omit<RunResult, 'ordinal'> {
  switch (answer.kind) {
    case 'answered':
      return { ...judgeAnswer(expected, answer.text), answer: cut(answer.text, longestKept) };
    case 'declined':
      return { verdict: 'failed', reason: answer.reason, answer: null };
    case 'error':
      return { verdict: 'error', reason: answer.reason, answer: null };
  }
}

/** Stores a result, for all that are left if so; returns whether the operation was still under way. */
async function store(
  { deps: { db }, row: { id } }: OperationRun,
  result: RunResult,
  isForAll: boolean,
): Promise<boolean> {
  const left = isForAll ? await listUndoneItems(db, id, all) : [result];
  const results = left.map(({ ordinal }) => ({ ...result, ordinal }));
  const done = results.map(({ ordinal, verdict: outcome, reason }) => ({
    ...{ ordinal, outcome, entryId: null },
    message: outcome === 'failed' || outcome === 'error' ? cut(reason ?? '', 1_000) : null,
  }));
  return db.transaction().execute(async (trx) => {
    if ((await lockOperation(trx, id)) === null) return false;
    await noteDone(trx, id, done);
    await noteCheckResults(trx, id, results);
    return true;
  });
}
