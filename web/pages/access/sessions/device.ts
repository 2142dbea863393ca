/** What a browser says that it is, in words: its name and its system; `null` if it says nothing known. */
export function deviceOf(userAgent: string | null): { browser: string; system: string } | null {
  const browser = nameIn(userAgent, browsers);
  const system = nameIn(userAgent, systems);
  return browser === null || system === null ? null : { browser, system };
}

/** In the order in which they are looked for: most browsers also say that they are another. */
const browsers: [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\b(?:OPR|Opera)\//, 'Opera'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\bHeadlessChrome\//, 'Headless Chrome'],
  [/\b(?:Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];

const systems: [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];

function nameIn(text: string | null, known: [RegExp, string][]): string | null {
  return known.find(([pattern]) => text !== null && pattern.test(text))?.[1] ?? null;
}
