const words: readonly [RegExp, string][] = [
  [/(?:^|[.-])ex-/, 'extractor'],
  [/(?:^|[.-])wr-/, 'writer'],
  [/transformation/, 'transformation'],
  [/(?:^|[.-])app-/, 'application'],
  [/\.orchestrator$/, 'orchestration'],
  [/\.flow$/, 'flow'],
  [/\.scheduler$/, 'schedule'],
  [/\.variables$/, 'variables'],
  [/\.shared-code$/, 'shared code'],
  [/\.data-apps$/, 'data app'],
];

/** What a configuration of a component is, by the platform's way of naming components (`vendor.ex-…`, `….wr-…`). */
export function wordForComponent(componentId: string): string {
  return words.find(([pattern]) => pattern.test(componentId))?.[1] ?? 'configuration';
}
