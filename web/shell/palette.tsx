import { createSpotlight, Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconBook, IconGitBranch, IconPassword, IconSearch, IconUser } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type KeyboardEvent } from 'react';
import { useDebouncedValue } from '@mantine/hooks';
import { api, dataOf } from '../api/client.ts';
import { useRouter } from '@tanstack/react-router';
import { streamPath } from '../parts/streams/stream-path.ts';
import { texts } from '../texts/index.ts';
import { useAccessPlaces, useMainPlaces } from './navigation.tsx';
import { useFoundInMirror } from './found-in-mirror.tsx';
import { useFoundInSpace } from './found-in-space.tsx';
import { usePaletteActions } from './palette-actions.tsx';

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
  const main = useMainPlaces();
  const access = useAccessPlaces();
  const doable = usePaletteActions();
  const isNamed = ({ label }: { label: string }) =>
    label.toLowerCase().includes(query.trim().toLowerCase());
  const { data, isPlaceholderData, isFetching } = useQuery({
    queryKey: ['find', text],
    queryFn: ({ signal }) => dataOf(api.GET('/v1/find', { params: { query: { text } }, signal })),
    enabled: text !== '',
    placeholderData: keepPreviousData,
  });
  const held = useFoundInMirror(text);
  const written = useFoundInSpace(text);
  // What was found for what is typed now, not for the letters before.
  const isReading = isPlaceholderData || isFetching || held.isFetching || written.isFetching;
  const isSettled = text === query.trim() && !isReading;
  const groups: SpotlightActionGroupData[] = [
    { group: shell.foundInMirror, actions: held.actions },
    { group: shell.foundInSpace, actions: written.actions },
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
      actions: [...main, ...access].filter(isNamed).map(({ to, label, icon: PlaceIcon }) => ({
        id: to,
        label,
        leftSection: <PlaceIcon size={18} />,
        onClick: () => router.history.push(to),
      })),
    },
    {
      group: shell.actions,
      actions: doable.filter(isNamed).map(({ label, icon, act }) => ({
        id: label,
        label,
        leftSection: icon,
        onClick: typeof act === 'string' ? () => router.history.push(act) : act,
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
        onKeyDown: (event) => {
          if (isSettled) openFirst(event);
        },
      }}
    />
  );
}

/** Enter opens the first result where none was chosen with the arrows; the kit waits for an arrow. */
function openFirst({ key, nativeEvent, currentTarget }: KeyboardEvent<HTMLInputElement>): void {
  if (key !== 'Enter' || nativeEvent.isComposing) return;
  const results = [
    ...(currentTarget.closest('[role="dialog"]')?.querySelectorAll<HTMLElement>('[data-action]') ??
      []),
  ];
  if (!results.some((result) => result.hasAttribute('data-selected'))) results[0]?.click();
}
