import { LRUCache } from 'lru-cache';
import { mirrorKey, type Mirror } from '../../../db/mirror/mirrors.ts';
import { mirrorStream } from '../../../model/mirror/ids.ts';
import type { StreamId } from '../../../model/streams/ids.ts';
import { askHost } from '../../streams/ask-host.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import type { Execution } from '../../streams/execution.ts';
import { openMirrorRemote, repositoryOf } from '../open-mirror.ts';

/** The most mirrors whose branches are remembered, and for how long, in milliseconds. */
const mostKept = 20_000;
const keptFor = 3_600_000;

/**
 * Where Git branches were when they were last asked for. A host is asked at most once an hour for branches that nobody moves, because
 * starting git for it takes more than half as much of the processor as everything else in a catch-up without changes.
 */
export class TipsAtHand {
  readonly #deps: ActivityDependencies;
  readonly #tips = new LRUCache<StreamId, string>({ max: mostKept, ttl: keptFor });

  constructor(deps: ActivityDependencies) {
    this.#deps = deps;
  }

  /**
   * Those of these mirrors whose last commit is known to be on their branch's tip. Each repository is asked once for all of them.
   * Throws `StreamFailure` if one does not answer.
   */
  async asLeft(rows: readonly Mirror[], execution: Execution): Promise<Mirror[]> {
    const left: Mirror[] = [];
    for (const group of byRepository(rows)) {
      if (!group.every((row) => this.#isAsLeft(row))) await this.#ask(group, execution);
      left.push(...group.filter((row) => this.#isAsLeft(row)));
    }
    return left;
  }

  #isAsLeft(row: Mirror): boolean {
    const tip = this.#tips.get(streamOf(row));
    return tip !== undefined && (tip === row.deliveredSha || tip === row.checkedTip);
  }

  async #ask(group: readonly [Mirror, ...Mirror[]], execution: Execution): Promise<void> {
    const [first] = group;
    const branches = group.map(({ repositoryBranch }) => repositoryBranch);
    execution.step('Reading the repository');
    const tips = await askHost(this.#deps, repositoryOf(first), execution, async () =>
      this.#deps.git.askBranches(await openMirrorRemote(this.#deps, first), branches, execution),
    );
    for (const row of group) this.#tips.set(streamOf(row), tips.get(row.repositoryBranch));
  }
}

/** Those that share a repository and the credential for it. */
function byRepository(rows: readonly Mirror[]): Iterable<[Mirror, ...Mirror[]]> {
  const groups = new Map<string, [Mirror, ...Mirror[]]>();
  for (const row of rows) {
    const place = JSON.stringify([row.repositoryUrl, row.credentialId]);
    const group = groups.get(place);
    if (group === undefined) groups.set(place, [row]);
    else group.push(row);
  }
  return groups.values();
}

function streamOf(row: Mirror): StreamId {
  return mirrorStream(mirrorKey(row));
}
