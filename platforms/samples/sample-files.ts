import { sampleKey } from '../../model/platform/object-key.ts';
import type { MirrorPolicy } from '../../model/mirror/mirror.ts';
import type { Table } from '../../model/platform/storage.ts';
import type { TableSample } from '../../model/platform/table-sample.ts';
import type { RenderedFile, RenderWarning } from '../../model/platform/tree.ts';
import { blobId } from '../../git/blob-id.ts';
import { arrangeRows } from './arrange-rows.ts';
import { sampleText } from './sample-text.ts';

/** A table with its sample, and where and how to write it. */
export interface SampleFilesInput {
  branchId: string;
  table: Table;
  /** The columns whose values are masked. */
  masked: readonly string[];
  sample: TableSample;
  /** The path without its extension. */
  path: string;
  policy: Pick<MirrorPolicy, 'samples' | 'secrets'>;
}

/** The files of a sample, one per format, and a warning for each from which rows were left out. */
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
          `The ${format} sample of ${table.id} has only ${kept} of ${arranged.rows.length} rows, because ` +
          `its file may not exceed ${samples.maxBytes} bytes (samples.maxBytes).`,
      });
    }
    if (written === null) continue;
    const content = Buffer.from(written.text);
    files.push({ path: `${path}.${format}`, owner, content, blobId: blobId(content) });
  }
  return { files, warnings };
}

/** The paths of a sample's files, one per enabled format. */
export function sampleFilePaths(
  path: string,
  { formats }: { formats: readonly string[] },
): string[] {
  return formats.map((format) => `${path}.${format}`);
}
