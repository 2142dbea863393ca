import { listen, type Listener, type ListenOptions } from '../listen.ts';

/**
 * Like {@link ListenOptions}; `onSettled` is called with the id of a space when saves of it are no
 * longer waiting.
 */
export type ListenToSavesOptions = Omit<ListenOptions, 'channel' | 'onNotice'> & {
  onSettled: (spaceId: string) => void;
};

/** Listens for saves that have reached Git, become conflicts, or turned out to be unneeded. */
export function listenToSaves({ onSettled, ...options }: ListenToSavesOptions): Listener {
  // The trigger `saves_settled` sends these notifications.
  return listen({ ...options, channel: 'gitward_saves', onNotice: onSettled });
}
