import { listSearch } from '../shared/list-search.ts';

/** The address of the page of sessions. */
export const sessionsSearch = listSearch(['all'], ['end']);
