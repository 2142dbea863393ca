import type { Component } from '../../../model/platform/project.ts';

/**
 * The prefixes of default buckets' ids, up to the configuration's id, with their components:
 * `in.c-keboola-ex-aws-s3-` → `keboola.ex-aws-s3`.
 */
export function bucketPrefixes(components: readonly Component[]): Map<string, string> {
  const prefixes = new Map<string, string>();
  for (const { id, defaultBucketStage } of components) {
    if (defaultBucketStage === null || defaultBucketStage === '') continue;
    prefixes.set(`${defaultBucketStage}.c-${id.replace(/[^a-zA-Z0-9-]/gu, '-')}-`, id);
  }
  return prefixes;
}
