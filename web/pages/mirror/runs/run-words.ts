import { texts } from '../../../texts/index.ts';
import type { Run } from './runs-queries.ts';

const { runs: words } = texts;

/** What a run's configuration is called: its name, or its ids while that is not known. `detail`: its component. */
export function runWords({ componentId, componentName, configurationId, configurationName }: Run): {
  name: string;
  detail: string;
} {
  const detail = componentName ?? componentId;
  if (configurationId === null) return { name: detail, detail: words.withoutConfiguration };
  return { name: configurationName ?? configurationId, detail };
}
