import type { JsonReader } from './json-reader.ts';
import type { SourceBranch } from '../../source.ts';

/** The project that a token belongs to, from `tokens/verify`. */
export interface TokenOwner {
  projectId: string;
  projectName: string;
  /** In the CLI's order. */
  backends: string[];
  features: string[];
}

/** Decodes the answer of `tokens/verify`. */
export function decodeOwner(token: JsonReader): TokenOwner {
  const owner = token.at('owner');
  const backends = [];
  // The two that the CLI knows.
  if (owner.at('hasSnowflake').flag()) backends.push('snowflake');
  if (owner.at('hasBigquery').flag()) backends.push('bigquery');
  const features = owner.at('features');
  return {
    projectId: owner.at('id').id(),
    projectName: owner.at('name').textOrEmpty(),
    backends,
    features: features.isAbsent
      ? []
      : [...new Set(features.items().map((feature) => feature.text()))],
  };
}

/** A branch with its description, as listed by `dev-branches`. */
export type ListedBranch = SourceBranch & { description: string };

/** Decodes the answer of `dev-branches`, in order. */
export function decodeBranches(branches: JsonReader): ListedBranch[] {
  return branches.items().map((branch) => ({
    id: branch.at('id').id(),
    name: branch.at('name').textOrEmpty(),
    isDefault: branch.at('isDefault').flag(),
    description: branch.at('description').textOrEmpty(),
  }));
}
