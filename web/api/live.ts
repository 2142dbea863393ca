import { useEffect, useEffectEvent } from 'react';
import { noteReached, noteUnreachable } from './connection.ts';

/** How long to wait before a refused stream is tried again, in milliseconds. A browser reconnects to others by itself. */
const retryAfter = 5_000;

/**
 * Follows a stream of server-sent events while the component is shown, and connects again when it ends. `path`: `null`
 * follows nothing. `onEvent` gets the name of each event and its data.
 */
export function useLive(
  path: string | null,
  onEvent: (name: string, data: unknown) => void,
  names: readonly string[] = ['status'],
): void {
  const tell = useEffectEvent((name: string, data: string) => onEvent(name, JSON.parse(data)));
  const listenTo = names.join(' ');
  useEffect(() => {
    if (path === null) return;
    let source: EventSource;
    let timer: ReturnType<typeof setTimeout> | undefined;
    function connect(to: string): void {
      source = new EventSource(to);
      source.onopen = noteReached;
      source.onerror = () => {
        if (!navigator.onLine || source.readyState === EventSource.CONNECTING) noteUnreachable();
        // After a refusal a browser does not try again.
        if (source.readyState === EventSource.CLOSED)
          timer = setTimeout(() => connect(to), retryAfter);
      };
      for (const name of listenTo.split(' '))
        source.addEventListener(name, (event: MessageEvent<string>) => tell(name, event.data));
    }
    connect(path);
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [path, listenTo]);
}
