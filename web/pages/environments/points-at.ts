import { texts } from '../../texts/index.ts';
import type { Earlier } from './environment-queries.ts';

const { environments: words } = texts;

/** Where an environment points, in words. */
export function pointsAt({ commit, ref, entries }: Earlier): string {
  const around =
    commit !== null
      ? words.commit(shortCommit(commit))
      : ref !== null
        ? words.ref(ref)
        : words.present;
  const own = Object.keys(entries).length;
  return own === 0 ? around : `${around}, ${words.own(own)}`;
}

/** The first digits of a commit's id, as people say it. */
export function shortCommit(commit: string): string {
  return commit.slice(0, 10);
}
