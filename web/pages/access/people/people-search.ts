import { listSearch } from '../shared/list-search.ts';

/** The address of the page of people. */
export const peopleSearch = listSearch(['disabled', 'all'], ['new', 'change', 'link', 'disable']);
