import { historySearch, type HistorySearch } from './history/history-search.ts';

/** Which part of an entry's page is shown; left out, it is edited. */
export interface EntrySearch extends HistorySearch {
  tab?: 'history';
}

/** The tab of an address, and what it shows; what is none is left out. */
export function entrySearch(search: Record<string, unknown>): EntrySearch {
  const { tab } = search;
  return tab === 'history' ? { tab, ...historySearch(search) } : {};
}

/** What a new entry is, and the draft that was begun of it. */
export interface NewEntrySearch {
  kind?: string;
  draft?: string;
}

/** The kind and the draft of an address. */
export function newEntrySearch({ kind, draft }: Record<string, unknown>): NewEntrySearch {
  return {
    ...(typeof kind === 'string' && { kind }),
    ...(typeof draft === 'string' && { draft }),
  };
}
