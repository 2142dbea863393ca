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

/**
 * The word for a component's configurations, judging by how the platform names components (`vendor.ex-…`,
 * `….wr-…`).
 */
export function wordForComponent(componentId: string): string {
  return words.find(([pattern]) => pattern.test(componentId))?.[1] ?? 'configuration';
}
