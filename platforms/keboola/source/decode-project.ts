import type { JsonReader } from './json-reader.ts';
import type { SourceLimits } from '../../../model/platform/project.ts';
import type { SourceBranch } from '../../source.ts';

/** The project that a token belongs to, from `tokens/verify`. */
export interface TokenOwner {
  projectId: string;
  projectName: string;
  /** In the CLI's order. */
  backends: string[];
  features: string[];
  /** Absent if the token sees everything. */
  limits?: SourceLimits;
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
    ...limitsOf(token),
  };
}

/** What the token does not see: it may be for some buckets or components only. */
function limitsOf(token: JsonReader): Pick<TokenOwner, 'limits'> {
  const buckets = token.at('canManageBuckets');
  const access = token.at('componentAccess');
  const someBuckets = !buckets.isAbsent && !buckets.flag();
  const components = access.isAbsent ? [] : access.items().map((component) => component.text());
  if (!someBuckets && components.length === 0) return {};
  return {
    limits: { someBuckets, components: components.length === 0 ? null : components.sort() },
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
