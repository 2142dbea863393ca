import { sectionNames } from '../../../model/telemetry/health/figure.ts';

/** Which section of the installation's health is shown. */
export interface HealthPageSearch {
  /** Defaults to the first one. */
  section?: (typeof sectionNames)[number];
}

/** Reads it from an address. */
export function healthPageSearch({ section }: Record<string, unknown>): HealthPageSearch {
  const known = sectionNames.find((name) => name === section);
  return known === undefined || known === sectionNames[0] ? {} : { section: known };
}
