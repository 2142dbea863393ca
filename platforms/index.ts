import { keboola } from './keboola/index.ts';
import type { Platform, Platforms } from './platform.ts';
import { sample } from './sample/index.ts';

/** The platforms whose projects can be mirrored. This is the only list of them. */
export const platforms: Platforms = platformsOf([keboola, sample]);

/** Makes these platforms available by their kinds. */
export function platformsOf(all: readonly Platform[]): Platforms {
  const byKind = new Map(all.map((platform) => [platform.kind, platform]));
  return {
    all,
    of(kind) {
      const found = byKind.get(kind);
      if (found !== undefined) return found;
      throw new Error(
        `This version of Gitward does not know the platform ${kind}, which another version added.`,
      );
    },
  };
}
