import type { Static } from '@fastify/type-provider-typebox';
import type { FoundEnvironment } from './find-environment.ts';
import type { Pointer } from '../../../knowledge/environments/change-environment.ts';
import { readEnvironment } from '../../../knowledge/environments/read-environment.ts';
import type { EarlierView, EnvironmentView } from './environment-schema.ts';

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
    updatedAt: entry?.updatedAt.toISOString() ?? null,
    updatedBy: entry?.updatedBy ?? null,
    problems: faults,
  };
}

/** Where the environment of this name, or an entry in it, pointed before, as the API shows it; what was wrong in its file is left out. */
export function earlierView(name: string, pointer: Pointer): Static<typeof EarlierView>['earlier'] {
  const { commit, ref, entries } = readEnvironment(name, pointer).environment;
  return { commit, ref, entries: Object.fromEntries(entries) };
}
