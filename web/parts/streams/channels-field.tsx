import { MultiSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMay } from '../../api/session.ts';
import { texts } from '../../texts/index.ts';
import { channelsQuery } from './channels-query.ts';

const { channels: words, access } = texts;

/** Chooses channels of notices by their names; their ids are what is chosen. */
export function ChannelsField({
  chosen,
  error,
  onChange,
}: {
  chosen: string[];
  error: string | undefined;
  onChange: (ids: string[]) => void;
}) {
  const names = useChannelNames();
  const ids = new Set([...names.keys(), ...chosen]);
  return (
    <MultiSelect
      label={words.choose}
      description={words.chooseHint}
      data={[...ids].map((id) => ({ value: id, label: names.get(id) ?? id }))}
      value={chosen}
      onChange={onChange}
      error={error}
      maxValues={20}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': access.clearFilters }}
      hidePickedOptions
      nothingFoundMessage={names.size === 0 ? words.noChannel : access.nothingMatches}
    />
  );
}

/** The names of channels by their ids; none for who may not see them. */
export function useChannelNames(): ReadonlyMap<string, string> {
  const { data = [] } = useQuery({ ...channelsQuery, enabled: useMay('operator') });
  return new Map(data.map(({ id, name }) => [id, name]));
}
