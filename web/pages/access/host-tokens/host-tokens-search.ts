import { listSearch } from '../shared/list-search.ts';

/** The address of the page of host tokens. */
export const hostTokensSearch = listSearch([], ['new', 'remove']);
