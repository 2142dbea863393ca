import { Tooltip } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { exactTime, relativeTime } from './relative-time.ts';

/** How often relative times are written anew, in milliseconds. */
const tick = 10_000;

let now = Date.now();
const listeners = new Set<() => void>();
setInterval(() => {
  now = Date.now();
  for (const listener of listeners) listener();
}, tick);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The current time in milliseconds, which changes every ten seconds. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}

/** A time as it is said ("3 minutes ago"), exact in the viewer's zone when one points at it. `at`: ISO 8601. */
export function Time({ at }: { at: string }) {
  const current = useNow();
  const date = new Date(at);
  return (
    <Tooltip label={exactTime(date)}>
      <time dateTime={at} tabIndex={0}>
        {relativeTime(date, current)}
      </time>
    </Tooltip>
  );
}

/** The same for long lists, in which no time is a stop of the keyboard. */
export function PlainTime({ at }: { at: string }) {
  const current = useNow();
  const date = new Date(at);
  return (
    <time dateTime={at} title={exactTime(date)}>
      {relativeTime(date, current)}
    </time>
  );
}
