import { lazy } from 'react';
import { nameOfFile } from '../../parts/knowledge/paths.ts';
import { texts } from '../../texts/index.ts';
import type { EntrySearch, EntryTab } from './entry-search.ts';
import type { EntryPath } from './history/history-queries.ts';
import { HistoryTab } from './history/history-tab.tsx';

/** What the parts of an entry's page are called. */
export const tabNames: Record<EntryTab, string> = {
  history: texts.entry.history,
  variants: texts.prompts.variants,
  environments: texts.environments.title,
  checks: texts.checks.title,
  fill: texts.templates.fill,
};
/** Only prompts and templates have these parts. */
const VariantsTab = lazy(async () => ({
  default: (await import('./prompt/variants-tab.tsx')).VariantsTab,
}));
const EnvironmentsTab = lazy(async () => ({
  default: (await import('./prompt/environments-tab.tsx')).EnvironmentsTab,
}));
const ChecksTab = lazy(async () => ({
  default: (await import('./prompt/checks-tab.tsx')).ChecksTab,
}));
const FillTab = lazy(async () => ({
  default: (await import('./template/fill-tab.tsx')).FillTab,
}));

interface Shown {
  tab: EntryTab;
  path: EntryPath;
  search: Omit<EntrySearch, 'tab'>;
  /** Changes the address. */
  go: (search: EntrySearch) => void;
  /** Where its file is. */
  file: string;
  mayEdit: boolean;
}

/** A part of an entry's page that is not the one in which it is edited. */
export function EntryPart({ tab, path, search, go, file, mayEdit }: Shown) {
  const { env, from, to } = search;
  const inEnv = (next: string | undefined) => go({ tab, ...(next !== undefined && { env: next }) });
  switch (tab) {
    case 'history':
      return <HistoryTab {...{ path, search, mayEdit }} go={(next) => go({ tab, ...next })} />;
    case 'variants':
      return <VariantsTab path={path} env={env} onEnv={inEnv} />;
    case 'environments':
      return <EnvironmentsTab {...{ path, from, to }} go={(next) => go({ tab, ...next })} />;
    case 'checks':
      return <ChecksTab {...{ path, search }} go={(next) => go({ tab, ...next })} />;
    case 'fill':
      return <FillTab path={path} fileName={`${nameOfFile(file)}.md`} env={env} onEnv={inEnv} />;
  }
}
