/** Which part of an entry's page is shown; left out, it is edited. Other parts add their names here. */
export interface EntrySearch {
  tab?: 'history';
}

/** The tab of an address; what is none is left out. */
export function entrySearch({ tab }: Record<string, unknown>): EntrySearch {
  return tab === 'history' ? { tab } : {};
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
