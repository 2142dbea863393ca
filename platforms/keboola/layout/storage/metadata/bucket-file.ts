import type { JsonObject } from '../../../../../model/text/json.ts';
import type { Bucket, BucketOfProject } from '../../../../../model/platform/storage.ts';
import { compareBytes } from '../../../../tree/byte-order.ts';
import { fields } from './fields.ts';
import { providedMetadata } from './provided-metadata.ts';

/** The content of `bucket.json`. Rows, size and time are included only if `volatile`. */
export function bucketFile(bucket: Bucket, options: { volatile: boolean }): JsonObject {
  const links = [...bucket.linkedBy].sort(
    (a, b) => compareBytes(a.projectId, b.projectId) || compareBytes(a.bucketId, b.bucketId),
  );
  return fields([
    ['id', bucket.id],
    ['name', bucket.name],
    ['displayName', bucket.displayName],
    ['stage', bucket.stage],
    ['description', bucket.description],
    ['backend', bucket.backend],
    ['isExternal', bucket.isExternal || null],
    ['sharing', bucket.sharing],
    ['source', bucket.source && ofProject(bucket.source)],
    ['linkedBy', links.length === 0 ? null : links.map(ofProject)],
    ['metadata', providedMetadata(bucket.metadata, options)],
    ['volatile', options.volatile ? fields(Object.entries(bucket.volatile)) : null],
  ]);
}

function ofProject({ projectId, projectName, bucketId }: BucketOfProject): JsonObject {
  return new Map([
    ['projectId', projectId],
    ['projectName', projectName],
    ['bucketId', bucketId],
  ]);
}
