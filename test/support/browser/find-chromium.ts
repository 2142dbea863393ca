import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

/**
 * The path of the Chromium that the tests use: the one that `CHROMIUM_PATH` names, else the first on PATH. `null` if there
 * is none; none is ever downloaded. Throws if `CHROMIUM_PATH` names something that cannot be run.
 */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string | null {
  const { CHROMIUM_PATH: given, PATH: path = '' } = environment;
  if (given !== undefined && given !== '') {
    if (isProgram(given)) return given;
    throw new Error(`CHROMIUM_PATH is ${given}, which is no program that can be run.`);
  }
  const candidates = path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => names.map((name) => join(folder, name)));
  return candidates.find(isProgram) ?? null;
}

/** What tests say where there is no Chromium. */
export const noChromium =
  'The tests in a browser are skipped, since there is no Chromium here: install it ' +
  '(`apt-get install chromium`), or say where it is in CHROMIUM_PATH.';

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
