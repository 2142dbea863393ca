import type { Json, JsonObject } from '../../../../model/text/json.ts';
import type { PlatformProject } from '../../../../model/platform/project.ts';
import { idNumber } from './id-number.ts';

/** The content of `.keboola/project.json`. */
export function projectFile({ backends, features, defaultBranchId }: PlatformProject): JsonObject {
  return new Map<string, Json>([
    ['backends', [...backends]],
    ['features', [...features]],
    ['defaultBranchId', idNumber(defaultBranchId)],
  ]);
}
