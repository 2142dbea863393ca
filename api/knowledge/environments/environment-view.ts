import type { Static } from '@fastify/type-provider-typebox';
import type { FoundEnvironment } from './find-environment.ts';
import type { EnvironmentView } from './environment-schema.ts';

/** An environment as the API shows it. */
export function environmentView({
  environment,
  faults,
  entry,
}: FoundEnvironment): Static<typeof EnvironmentView> {
  const { name, isProtected, requiresChecks, ref, commit, entries, experiments } = environment;
  return {
    name,
    title: entry?.title ?? name,
    protected: isProtected,
    requireChecks: requiresChecks,
    ref,
    commit,
    entries: Object.fromEntries(entries),
    experiments: Object.fromEntries(experiments),
    blob: entry?.headBlob ?? null,
    problems: faults,
  };
}
