import { sampleKey } from '../../model/platform/object-key.ts';
import type { MirrorPolicy } from '../../model/mirror/mirror.ts';
import type { Table } from '../../model/platform/storage.ts';
import type { TableSample } from '../../model/platform/table-sample.ts';
import type { RenderedFile, RenderWarning } from '../../model/platform/tree.ts';
import { blobId } from '../../git/blob-id.ts';
import { arrangeRows } from './arrange-rows.ts';
import { sampleText } from './sample-text.ts';

/** A table with its sample, and where and how it is written. */
export interface SampleFilesInput {
  branchId: string;
  table: Table;
  /** The columns that are masked. */
  masked: readonly string[];
  sample: TableSample;
  /** The path without its extension. */
  path: string;
  policy: Pick<MirrorPolicy, 'samples' | 'secrets'>;
}

/** A sample's files, one a format, and what of it was left out. */
export function sampleFiles(input: SampleFilesInput): {
  files: RenderedFile[];
  warnings: RenderWarning[];
} {
  const { branchId, table, path } = input;
  const { samples, secrets } = input.policy;
  const owner = sampleKey(branchId, table.id);
  const arranged = arrangeRows(input.sample, {
    columns: table.columns.map(({ name }) => name),
    masked: new Set(input.masked),
    rows: samples.rows,
    secrets,
  });
  const files: RenderedFile[] = [];
  const warnings: RenderWarning[] = [];
  for (const format of samples.formats) {
    const written = sampleText(format, table.id, arranged, samples.maxBytes);
    const kept = written?.rows ?? 0;
    if (written === null || kept < arranged.rows.length) {
      warnings.push({
        owner,
        message:
          `The ${format} sample of ${table.id} holds ${kept} of ${arranged.rows.length} rows: ` +
          `it may have ${samples.maxBytes} bytes (samples.maxBytes).`,
      });
    }
    if (written === null) continue;
    const content = Buffer.from(written.text);
    files.push({ path: `${path}.${format}`, owner, content, blobId: blobId(content) });
  }
  return { files, warnings };
}

/** Where a sample's files are, by the formats that are on. */
export function sampleFilePaths(
  path: string,
  { formats }: { formats: readonly string[] },
): string[] {
  return formats.map((format) => `${path}.${format}`);
}
