import { listSearch } from '../shared/list-search.ts';

/** The address of the page of notices; `waiting` shows those that were not sent. */
export const channelsSearch = listSearch(['waiting'], ['new', 'test', 'change', 'remove']);
