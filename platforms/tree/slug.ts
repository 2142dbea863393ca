/**
 * Turns a name into a folder name as the Keboola CLI does (`NormalizeName`): words and runs of capitals are
 * separated by `-`, and letters lose their accents and become lower case. The result may be empty.
 */
export function slug(name: string): string {
  return name
    .replace(/[A-Z]+/g, '-$&')
    .replace(/[^a-zA-Z0-9\u00c1-\u017e]+/gu, '-')
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .normalize('NFC')
    .replace(/^-+|-+$/g, '')
    .toLowerCase();
}
