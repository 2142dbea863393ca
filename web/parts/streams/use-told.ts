import { useChannelNames } from './channels-field.tsx';

/** Who is told, in words: addresses, and channels by their names, or how many there are. */
export function useTold(): (notify: { emails: string[]; channels: string[] }) => string {
  const names = useChannelNames();
  return ({ emails, channels }) =>
    [...emails, ...channels.map((id) => names.get(id) ?? id)].join(', ');
}
