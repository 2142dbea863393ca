/** What a PromQL expression has besides metrics: operators and their labels. */
const words = new Set([
  'and',
  'or',
  'unless',
  'on',
  'by',
  'without',
  'bool',
  'offset',
  'inf',
  'nan',
]);

/** The names of the metrics in a PromQL expression; a histogram's without the suffixes of its series. */
export function metricsIn(expression: string): string[] {
  const bare = expression
    .replaceAll(/\{[^}]*\}/g, '')
    .replaceAll(/\[[^\]]*\]/g, '')
    .replaceAll(/\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, ' ');
  return [...bare.matchAll(/(?<![\w.:])([a-zA-Z_:][\w:]*)(?!\s*\(|[\w:])/g)].flatMap(
    ([, name = '']) => (words.has(name) ? [] : [name.replace(/_(bucket|sum|count)$/, '')]),
  );
}
