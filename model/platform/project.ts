import type { ExactNumbers } from '../text/exact-numbers.ts';
import type { Json, JsonObject } from '../text/json.ts';
import type { Metadata } from './metadata.ts';
import type { ProjectStorage } from './storage.ts';

/** A platform project as one reading of its source returned it, with the branches that were requested. */
export interface PlatformProject {
  id: string;
  /** What people call it; absent if the source does not say. */
  name?: string;
  /** Host name of the platform's API, as written in the manifest. */
  apiHost: string;
  /** Database backends that the project has, as `project.json` lists them, in its order. */
  backends: string[];
  features: string[];
  defaultBranchId: string;
  components: Component[];
  /** What the source could see; absent if that is everything. */
  limits?: SourceLimits;
  branches: PlatformBranch[];
}

/** What the token of a source lets it see. */
export interface SourceLimits {
  /** Whether it sees only some of the buckets. */
  someBuckets: boolean;
  /** The only components that it sees; `null` for all. */
  components: string[] | null;
}

/** What the renderer needs to know about a component. */
export interface Component {
  id: string;
  /** `extractor`, `writer`, `transformation`, `application`, `other`, … */
  type: string;
  name: string;
  flags: string[];
  /** Stage of the component's default bucket (`in`, `out`); `null` if it has none. */
  defaultBucketStage: string | null;
}

/** A branch with everything in it. */
export interface PlatformBranch {
  id: string;
  name: string;
  isDefault: boolean;
  description: string;
  /** The branch's metadata, in API order. */
  metadata: Metadata[];
  /** In API order. */
  configurations: Configuration[];
  /** `null` if it was not read. */
  storage: ProjectStorage | null;
}

/** A configuration as it is now. */
export interface Configuration {
  componentId: string;
  id: string;
  name: string;
  description: string;
  isDisabled: boolean;
  /** The version that was read. Changing a row raises the version of its configuration. */
  version: number;
  /** Who made that version, in the source's words (an e-mail or a token's description). */
  author: string | null;
  /** When that version was made, ISO 8601 in UTC; `null` if the source does not say. */
  changedAt: string | null;
  /** What the author said about that version. */
  changeDescription: string | null;
  content: JsonObject;
  /** What the platform has where an object should be, which others cannot read; `content` is empty then. */
  oddContent?: Json;
  /** The numbers of the content that a 64-bit float cannot hold; absent if there are none. */
  exactNumbers?: ExactNumbers;
  metadata: Metadata[];
  /** In API order. */
  rows: ConfigurationRow[];
  /** Only in an outline, which cannot show it: what was said of the complete configuration. */
  readability?: Readability;
}

/** Why others cannot read a configuration, in sentences; `null` if they can. */
export interface Readability {
  problem: string | null;
  /** What only matters if the configuration is a transformation, which its component says. */
  problemAsTransformation: string | null;
}

/** A row of a configuration. */
export interface ConfigurationRow {
  id: string;
  name: string;
  description: string;
  isDisabled: boolean;
  content: JsonObject;
  /** What the platform has where an object should be, which others cannot read; `content` is empty then. */
  oddContent?: Json;
  /** The numbers of the content that a 64-bit float cannot hold; absent if there are none. */
  exactNumbers?: ExactNumbers;
}
