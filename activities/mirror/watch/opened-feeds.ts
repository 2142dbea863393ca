import { LRUCache } from 'lru-cache';
import type { ClaimedFeed } from '../../../db/mirror/feeds.ts';
import type { SourceFeeds } from '../../../platforms/feeds/source-feeds.ts';
import type { Platform } from '../../../platforms/platform.ts';
import { openMirrorSource } from '../open-mirror.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';

/** A project that can be asked for news. */
export interface OpenedFeeds {
  platform: Platform;
  feeds: SourceFeeds;
}

/** The most projects that stay open. */
const mostOpen = 2_000;

/**
 * The feeds of projects, opened once: what they find out first, such as the address of another service of the platform, need not
 * be asked for every few seconds. A project whose source was changed is opened anew.
 */
export class FeedsAtHand {
  readonly #deps: Parameters<typeof openMirrorSource>[0];
  readonly #open = new LRUCache<string, OpenedFeeds & { asOf: number }>({ max: mostOpen });

  constructor(deps: Parameters<typeof openMirrorSource>[0]) {
    this.#deps = deps;
  }

  /** Throws `StreamFailure` if the project can no longer be opened, or cannot be asked for news. */
  async of({ projectId, projectUpdatedAt }: ClaimedFeed): Promise<OpenedFeeds | null> {
    const asOf = projectUpdatedAt.getTime();
    const known = this.#open.get(projectId);
    if (known?.asOf === asOf) return known;
    const { platform, source } = await openMirrorSource(this.#deps, projectId);
    if (source.feeds === undefined) return null;
    const opened = { platform, feeds: source.feeds, asOf };
    this.#open.set(projectId, opened);
    return opened;
  }
}

/** What asking feeds needs. */
export type WatchDependencies = Pick<
  ActivityDependencies,
  'db' | 'sealer' | 'platforms' | 'openSource' | 'workflows' | 'sampling' | 'logger'
> & { feedsAtHand: FeedsAtHand; watchInterval: number | null };
