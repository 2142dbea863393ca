import { createSpotlight, Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import {
  IconBook,
  IconGitBranch,
  IconLayoutDashboard,
  IconPassword,
  IconSearch,
  IconUser,
} from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useDebouncedValue } from '@mantine/hooks';
import { api, dataOf } from '../api/client.ts';
import { useRouter } from '@tanstack/react-router';
import { streamPath } from '../parts/streams/stream-path.ts';
import { texts } from '../texts/index.ts';
import { useAccessPlaces } from './navigation.tsx';

const { shell } = texts;
const [store, { open }] = createSpotlight();

const foundIcons = {
  mirror: <IconGitBranch size={18} aria-hidden />,
  space: <IconBook size={18} aria-hidden />,
  person: <IconUser size={18} aria-hidden />,
  token: <IconPassword size={18} aria-hidden />,
};

/** Where what is no stream is shown, below /access/. */
const accessPages = { mirror: '', space: '', person: 'people', token: 'tokens' };

/** Opens the command palette, as Ctrl-K does. */
export const openPalette = open;

/** Finds pages, mirrors, spaces and people by name, from every page: Ctrl-K. */
export function Palette() {
  const router = useRouter();
  const [query, setQuery] = useState('');
  const [text] = useDebouncedValue(query.trim(), 150);
  const access = useAccessPlaces();
  const { data } = useQuery({
    queryKey: ['find', text],
    queryFn: ({ signal }) => dataOf(api.GET('/v1/find', { params: { query: { text } }, signal })),
    enabled: text !== '',
    placeholderData: keepPreviousData,
  });
  const groups: SpotlightActionGroupData[] = [
    {
      group: shell.found,
      actions:
        text === ''
          ? []
          : (data?.items ?? []).map((item) => ({
              id: `${item.kind} ${item.id}`,
              label: item.name,
              description: item.detail,
              leftSection: foundIcons[item.kind],
              onClick: () =>
                router.history.push(streamPath(item.id) ?? `/access/${accessPages[item.kind]}`),
            })),
    },
    {
      group: shell.goTo,
      actions: [{ to: '/', label: shell.overview, icon: IconLayoutDashboard }, ...access]
        .filter(({ label }) => label.toLowerCase().includes(query.trim().toLowerCase()))
        .map(({ to, label, icon: PlaceIcon }) => ({
          id: to,
          label,
          leftSection: <PlaceIcon size={18} />,
          onClick: () => router.history.push(to),
        })),
    },
  ];
  return (
    <Spotlight
      store={store}
      attributes={{ content: { 'aria-label': shell.search } }}
      actions={groups.filter(({ actions }) => actions.length > 0)}
      query={query}
      onQueryChange={setQuery}
      // What is found was filtered already.
      filter={(_, actions) => actions}
      shortcut="mod + K"
      nothingFound={shell.searchNothing}
      highlightQuery
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden />,
        placeholder: shell.searchHint,
        'aria-label': shell.searchHint,
      }}
    />
  );
}
