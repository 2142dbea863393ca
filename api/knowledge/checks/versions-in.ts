import { readEnvironment } from '../../../knowledge/environments/read-environment.ts';
import { promptKind } from '../../../knowledge/prompts/text-hints.ts';
import type { EntryFields } from '../../../model/knowledge/entry.ts';
import { findSpace } from '../../../db/knowledge/spaces.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import { spaceAsIn } from '../environments/space-in-environment.ts';
import { presentSpace, type EntryAt, type SpaceAt } from '../refs/space-at.ts';
import type { SpaceAccess } from '../spaces/space-access.ts';
import { checkedVersion } from './checked-version.ts';

/** A version of a prompt that an environment has, and that has examples. */
export interface VersionIn {
  prompt: string;
  /** The same for the same version, also for one that has no name. */
  key: string;
  /** `null`: its text cannot be joined, or its examples not be run; `fault` says why. */
  version: string | null;
  fault: string | null;
}

/**
 * The versions of prompts with examples that an environment has by these fields, those of its experiments too. It is computed for
 * everybody: what is in an environment does not depend on who asks. Nothing can be read by fields that are wrong, so that these have none. Throws
 * 422 `environment_broken` if they name a commit or branch that is not there.
 */
export async function versionsIn(
  deps: ApiDeps,
  { row }: Pick<SpaceAccess, 'row'>,
  name: string,
  fields: EntryFields,
): Promise<VersionIn[]> {
  const { environment, faults } = readEnvironment(name, fields);
  if (faults.length > 0) return [];
  const access = seesAll(row);
  const at = remembered(await spaceAsIn(deps, access, environment));
  const versions: VersionIn[] = [];
  for (const entry of await at.list(promptKind))
    versions.push(...(await versionOf(deps, entry, at)));
  for (const [prompt, { arms }] of environment.experiments)
    for (const commit of new Set(arms.flatMap((arm) => arm.commit ?? []))) {
      const ofArm = remembered(await spaceAsIn(deps, access, environment, new Map([[prompt, commit]]))); // prettier-ignore
      const entry = await ofArm.find(prompt);
      if (entry?.kind.name === promptKind) versions.push(...(await versionOf(deps, entry, ofArm)));
    }
  return versions;
}

async function versionOf(deps: ApiDeps, entry: EntryAt, at: SpaceAt): Promise<VersionIn[]> {
  const { id: prompt, blob } = entry;
  const broken = (fault: string): VersionIn[] => [{ prompt, key: [prompt, blob, fault].join('\n'), version: null, fault }]; // prettier-ignore
  try {
    const checked = await checkedVersion(entry, at, finderForAll(deps, entry.space, at));
    if (checked === null) return [];
    const [fault] = checked.examples.faults;
    const { version } = checked;
    return fault === undefined ? [{ prompt, key: version, version, fault: null }] : broken(fault.message); // prettier-ignore
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 422) return broken(error.message);
    throw error;
  }
}

function finderForAll({ db }: ApiDeps, own: string, at: SpaceAt) {
  return async (space: string, id: string): Promise<EntryAt | null> => {
    if (space === own) return at.find(id);
    const other = await findSpace(db, space);
    return other?.endedAt === null ? presentSpace({ db }, seesAll(other)).find(id) : null;
  };
}

/** The space as somebody sees it who may do everything in it. */
function seesAll(row: SpaceAccess['row']): SpaceAccess {
  const nothing = () => undefined;
  return { row, may: () => true, kinds: () => null, require: nothing, requireAll: nothing };
}

/** Each prompt is joined with the same blocks, which are read once. */
function remembered(at: SpaceAt): SpaceAt {
  const lists = new Map<string, Promise<EntryAt[]>>();
  const found = new Map<string, Promise<EntryAt | null>>();
  const once = <T>(known: Map<string, Promise<T>>, key: string, read: () => Promise<T>) => {
    const promise = known.get(key) ?? read();
    known.set(key, promise);
    return promise;
  };
  return {
    commit: at.commit,
    find: (id) => once(found, id, () => at.find(id)),
    list: (kind) => once(lists, kind, () => at.list(kind)),
  };
}
