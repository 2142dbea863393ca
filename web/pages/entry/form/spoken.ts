/** The name of a field as people say it: `employeeCount` is "Employee count", and `userId` "User ID". */
export function spoken(name: string): string {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/[_-]+/g, ' ')
    .trim()
    .split(' ')
    .map((word) => (/^(?:id|url|ids|urls|vat)$/i.test(word) ? capital(word) : usual(word)));
  const said = words.join(' ');
  return said === '' ? name : said.charAt(0).toUpperCase() + said.slice(1);
}

function capital(word: string): string {
  return /s$/i.test(word) ? word.slice(0, -1).toUpperCase() + 's' : word.toUpperCase();
}

/** What is an abbreviation already stays one. */
function usual(word: string): string {
  return /^[A-Z]{2,}/.test(word) ? word : word.toLowerCase();
}
