import { useSyncExternalStore } from 'react';

/*
 * Whether Gitward answers. Requests and live streams report here, and the shell says so while it does not.
 */

let reachable = true;
const listeners = new Set<() => void>();

/** Something was answered, whatever the answer was. */
export function noteReached(): void {
  set(true);
}

/** A request or a stream got no answer. */
export function noteUnreachable(): void {
  set(false);
}

function set(now: boolean): void {
  if (now === reachable) return;
  reachable = now;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether the last request got an answer. */
export function useReachable(): boolean {
  return useSyncExternalStore(subscribe, () => reachable);
}
