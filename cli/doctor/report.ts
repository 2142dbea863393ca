import { count, oneLine } from '../client/layout.ts';
import { readVersion } from '../version.ts';
import type { Finding, Level } from './check.ts';

/** What `gitward doctor` found, for people and for machines. */
export interface DoctorReport {
  version: string;
  /** When it was made; ISO. */
  at: string;
  /** How many findings there are of each level. */
  counts: Record<Level, number>;
  /** The worst first. */
  findings: Finding[];
}

/** A report of these findings. */
export function reportOf(findings: Finding[]): DoctorReport {
  const of = (level: Level) => findings.filter((finding) => finding.level === level).length;
  return {
    version: readVersion(),
    at: new Date().toISOString(),
    counts: { fails: of('fails'), warning: of('warning'), ok: of('ok') },
    findings,
  };
}

const marks: Readonly<Record<Level, string>> = { fails: 'FAILS', warning: 'warning', ok: 'ok' };

/** The report in lines: a finding each, and below it what to do. */
export function reportText({ counts, findings }: DoctorReport): string {
  const width = Math.max(...findings.map(({ check }) => check.length));
  const lines = findings.flatMap(({ level, check, says, mend }) => [
    `${marks[level].padEnd(8)} ${check.padEnd(width)}  ${oneLine(says)}`,
    ...(mend === null ? [] : [`${' '.repeat(9 + width)}  → ${oneLine(mend)}`]),
  ]);
  return [...lines, '', verdict(counts), ''].join('\n');
}

function verdict({ fails, warning }: DoctorReport['counts']): string {
  if (fails > 0) return `${count(fails, 'thing has', 'things have')} to be mended.`;
  return warning > 0
    ? `Nothing has to be mended; ${count(warning, 'thing is', 'things are')} worth a look.`
    : 'Everything that was looked at is in order.';
}
