import { texts } from '../../../texts/index.ts';
import type { OperationItem } from './operation-queries.ts';

const { operations: words } = texts;

/**
 * Items as CSV, for a spreadsheet: a byte order mark, without which some take it for another encoding, and no cell that they
 * would compute (https://owasp.org/www-community/attacks/CSV_Injection).
 */
export async function troublesCsv(items: readonly OperationItem[]): Promise<string> {
  const { stringify } = await import('csv-stringify/browser/esm/sync');
  const rows = items.map(({ name, place, outcome, message, entryId }) => [
    ...[name, place, outcome, message, entryId],
  ]);
  return stringify([words.csvColumns, ...rows], { bom: true, escape_formulas: true });
}
