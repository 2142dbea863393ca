import { texts } from '../../../texts/index.ts';

const acts: Readonly<Record<string, string>> = texts.timeline.acts;

/** What somebody did, as a sentence; of an action that this page does not know, its name. */
export function actName(action: string): string {
  return Object.hasOwn(acts, action) ? (acts[action] ?? action) : action;
}
