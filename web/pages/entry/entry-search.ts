import { historySearch, type HistorySearch } from './history/history-search.ts';
import { checksSearch, envSearch, sidesSearch, type ChecksSearch } from './prompt/prompt-search.ts';

/** The parts of an entry's page, besides the one in which it is edited. */
const tabs = ['history', 'variants', 'environments', 'checks', 'fill'] as const;
export type EntryTab = (typeof tabs)[number];

/** Which part of an entry's page is shown, and what of it; without a tab, it is edited. */
export interface EntrySearch extends HistorySearch, ChecksSearch {
  tab?: EntryTab;
}

/** The tab of an address, and what it shows; what is none is left out. */
export function entrySearch(search: Record<string, unknown>): EntrySearch {
  const tab = tabs.find((one) => one === search.tab);
  switch (tab) {
    case undefined:
      return {};
    case 'history':
      return { tab, ...historySearch(search) };
    case 'environments':
      return { tab, ...sidesSearch(search) };
    case 'checks':
      return { tab, ...checksSearch(search) };
    case 'variants':
    case 'fill':
      return { tab, ...envSearch(search) };
  }
}

/** The kind of prompts, and the kinds of templates. */
const promptKind = 'system-prompt';
const templateKinds: readonly string[] = ['slide-template', 'document-template'];

/** The parts that the page of an entry of this kind has, in their order. */
export function tabsOf(kind: string): EntryTab[] {
  if (kind === promptKind) return ['variants', 'environments', 'checks', 'history'];
  return templateKinds.includes(kind) ? ['fill', 'history'] : ['history'];
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
