import {
  metadataValue,
  type Bucket,
  type BucketOfProject,
} from '../../../model/platform/storage.ts';
import { decodeProvidedMetadata } from './decode-storage-metadata.ts';
import type { JsonReader } from './json-reader.ts';
import type { Tolerance } from './tolerance.ts';

/** Decodes the buckets of `…/buckets?include=metadata,linkedBuckets`, in order. */
export function decodeBuckets(answer: JsonReader, tolerance: Tolerance): Bucket[] {
  return answer
    .items()
    .flatMap((bucket) =>
      tolerance.read<Bucket[]>('', [], () => [
        decodeBucket(bucket, bucket.at('id').id(), tolerance),
      ]),
    );
}

function decodeBucket(bucket: JsonReader, id: string, tolerance: Tolerance): Bucket {
  const text = (key: string) => tolerance.read(id, '', () => bucket.at(key).textOrEmpty());
  const metadata = decodeProvidedMetadata(id, () => bucket.at('metadata'), tolerance);
  const name = text('name') || id;
  return {
    id,
    name,
    displayName: text('displayName') || name,
    stage: text('stage') || (id.split('.')[0] ?? ''),
    description: metadataValue(metadata, 'KBC.description', ['user']) ?? text('description'),
    backend: text('backend'),
    isExternal: tolerance.read(id, false, () => bucket.at('hasExternalSchema').flag()),
    sharing: text('sharing') || null,
    source: tolerance.read(id, null, () => decodeSource(bucket.at('sourceBucket'))),
    linkedBy: tolerance.each(id, () => bucket.at('linkedBy'), decodeOfProject),
    metadata,
    volatile: {
      rowsCount: tolerance.read(id, null, () => bucket.at('rowsCount').wholeNumberOrNull()),
      dataSizeBytes: tolerance.read(id, null, () => bucket.at('dataSizeBytes').wholeNumberOrNull()),
      lastChangedAt: tolerance.read(id, null, () => bucket.at('lastChangeDate').timeOrNull()),
    },
  };
}

function decodeSource(source: JsonReader): BucketOfProject | null {
  return source.isAbsent ? null : decodeOfProject(source);
}

function decodeOfProject(bucket: JsonReader): BucketOfProject {
  return {
    projectId: bucket.at('project').at('id').id(),
    projectName: bucket.at('project').at('name').textOrEmpty(),
    bucketId: bucket.at('id').id(),
  };
}
