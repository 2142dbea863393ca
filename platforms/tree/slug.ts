/**
 * A name as the Keboola CLI makes a folder of it (`NormalizeName`): words and runs of capitals are
 * parted by `-`, letters lose their marks and become lower case. May be empty.
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
