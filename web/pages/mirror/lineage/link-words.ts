import type { LineageLink } from '../../../../model/mirror/reading/lineage-graph.ts';
import { texts } from '../../../texts/index.ts';
import { knownByWords } from './node-words.ts';

const words = texts.lineage;

/** How links are known, whose rows they are, and which are disabled: once each, in one line. */
export function linkWords(links: readonly LineageLink[]): string {
  const all = links.map(({ knownBy, rowId, isDisabled }) =>
    [
      knownByWords(knownBy),
      rowId === null ? null : words.row(rowId),
      isDisabled ? words.disabled : null,
    ]
      .filter((word) => word !== null)
      .join(', '),
  );
  return [...new Set(all)].join('; ');
}
