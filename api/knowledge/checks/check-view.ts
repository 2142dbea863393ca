import type { Static } from '@fastify/type-provider-typebox';
import type { CheckResult, PromptCheck } from '../../../db/knowledge/prompts/checks.ts';
import type { CheckResultView, CheckView } from './check-schema.ts';

/** Whether every example of a run passed. */
export function hasPassed({ verdicts }: Pick<PromptCheck, 'verdicts'>): boolean {
  return Object.keys(verdicts).every((verdict) => verdict === 'passed');
}

/** A run as the API shows it. */
export function checkView(check: PromptCheck): Static<typeof CheckView> {
  const { id, spaceId, promptId, state, verdicts, sources, version } = check;
  const { environment, variant, model, origin, person, createdAt } = check;
  return {
    ...{ id, space: spaceId, prompt: promptId, state, passed: hasPassed(check) },
    ...{ examples: verdicts, blob: check.blobId, commit: check.commitSha, sources, version },
    ...{ environment, variant, model, origin, by: person.name, at: createdAt.toISOString() },
  };
}

/** An example of a run as the API shows it. */
export function resultView(result: CheckResult): Static<typeof CheckResultView> {
  const { ordinal, name, variant, example, verdict, reason, answer, at } = result;
  const { judgedBy, judgedNote, judgedAt } = result;
  return {
    ...{ example: ordinal, name, variant, input: example.input, expected: example.expected },
    ...{ verdict, reason, answer, at: at?.toISOString() ?? null },
    judged:
      judgedBy === null || judgedAt === null
        ? null
        : { by: judgedBy.name, note: judgedNote ?? '', at: judgedAt.toISOString() },
  };
}
