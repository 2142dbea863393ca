import { isDeviceName } from '../../model/text/device-name.ts';

/** Windows takes 259 characters for a whole path; this leaves some for the folder of a clone. */
const longest = 220;

/** Why a clone on Windows cannot have a file with this path, as a sentence; `null` if it can. */
export function windowsFault(path: string): string | null {
  const name = path.split('/').find(isDeviceName);
  if (name !== undefined)
    return `A clone on Windows cannot have it: "${name}" in ${path} is the name of a device there.`;
  return path.length > longest
    ? `A clone on Windows may not have it: the path ${path} has ${path.length} characters.`
    : null;
}
