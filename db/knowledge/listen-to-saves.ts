import { listen, type Listener, type ListenOptions } from '../listen.ts';

/** As {@link ListenOptions}; `onSettled` is called with a space's id when saves of it wait no more. */
export type ListenToSavesOptions = Omit<ListenOptions, 'channel' | 'onNotice'> & {
  onSettled: (spaceId: string) => void;
};

/** Listens for saves that are in Git now, became conflicts, or turned out to be unneeded. */
export function listenToSaves({ onSettled, ...options }: ListenToSavesOptions): Listener {
  // The trigger `saves_settled` notifies.
  return listen({ ...options, channel: 'gitward_saves', onNotice: onSettled });
}
