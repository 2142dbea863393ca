import { useEffect, useEffectEvent } from 'react';
import { noteReached, noteUnreachable } from './connection.ts';
import { LiveConnection, type LiveEvent, type LiveHearer } from './live-connection.ts';
import { LiveTabs } from './live-tabs.ts';
import { queryClient } from './query-client.ts';
import { sessionKey } from './session.ts';

type Listener = (event: string, data: unknown) => void;

const listeners = new Map<string, Set<Listener>>();

/** Tells what is shown to whoever follows it. */
let follow: ((follows: string[]) => void) | undefined;

/** Without HTTPS (and not on this machine), a browser lets its tabs not agree: then each follows by itself. */
function source(): { follow: (follows: string[]) => void } {
  return 'locks' in navigator ? new LiveTabs(hearer) : new LiveConnection(hearer);
}

const hearer: LiveHearer = {
  hear({ follow: about, event, data }: LiveEvent) {
    for (const listener of listeners.get(about) ?? []) listener(event, data);
  },
  answers: (isReachable) => (isReachable ? noteReached() : noteUnreachable()),
  refused: () => void queryClient.invalidateQueries({ queryKey: sessionKey }),
};

function changed(): void {
  if (follow === undefined) {
    const shared = source();
    follow = (follows) => shared.follow(follows);
  }
  follow([...listeners.keys()]);
}

function listen(about: string, listener: Listener): () => void {
  const before = listeners.get(about) ?? new Set();
  listeners.set(about, before.add(listener));
  changed();
  return () => {
    before.delete(listener);
    if (before.size > 0) return;
    listeners.delete(about);
    changed();
  };
}

/**
 * Follows something while the component is shown: `overview`, `mirror/<project>/<branch>` or `space/<space>`; `null`
 * follows nothing. `onEvent` gets the name of each event (`status`, `change`, `gone`) and its data.
 */
export function useLive(about: string | null, onEvent: Listener): void {
  const heard = useEffectEvent(onEvent);
  useEffect(
    () => (about === null ? undefined : listen(about, (event, data) => heard(event, data))),
    [about],
  );
}
