import pTimeout from 'p-timeout';
import type { Examined } from './examined.ts';

/** How a thing is: in order, worth a look, or so that Gitward cannot work as it should. */
export type Level = 'ok' | 'warning' | 'fails';

/** What a check found out about one thing. */
export interface Finding {
  /** The check's name. */
  check: string;
  level: Level;
  /** What is so, in a sentence. */
  says: string;
  /** What to do about it, in a sentence; `null` if it is in order. */
  mend: string | null;
}

/** A finding of a check, which need not name itself. */
export type Found = Omit<Finding, 'check'>;

/**
 * Looks at one thing and changes nothing. It should end when the signal aborts; whatever it throws is a finding, too.
 */
export interface Check {
  name: string;
  look: (examined: Examined, signal: AbortSignal) => Promise<Found[]>;
}

/** A thing that is in order. */
export function ok(says: string): Found {
  return { level: 'ok', says, mend: null };
}

/** A thing that is worth a look. */
export function warning(says: string, mend: string): Found {
  return { level: 'warning', says, mend };
}

/** A thing that keeps Gitward from working as it should. */
export function fails(says: string, mend: string): Found {
  return { level: 'fails', says, mend };
}

/** What an error says, with its code if it has one. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Node's error for several addresses of a host says nothing by itself.
  const said =
    error instanceof AggregateError
      ? error.errors.map(reasonOf).join('; ')
      : error.message.replace(/[\s.]+$/, '');
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  return code === null || said.includes(code) ? said : `${said} (${code})`.trim();
}

const worstFirst: readonly Level[] = ['fails', 'warning', 'ok'];

/** How long a check may take, in milliseconds. */
export const checkDeadline = 30_000;

/**
 * Makes all checks at once, each within the deadline, and returns what they found with the worst first. A check that
 * fails or hangs keeps nothing from being found by the others.
 */
export async function runChecks(
  checks: readonly Check[],
  examined: Examined,
  { deadline = checkDeadline }: { deadline?: number } = {},
): Promise<Finding[]> {
  const found = await Promise.all(
    checks.map(async (check) => {
      const findings = await made(check, examined, deadline);
      return findings.map(({ level, says, mend }) => ({
        check: check.name,
        level,
        says: examined.redact(says),
        mend: mend === null ? null : examined.redact(mend),
      }));
    }),
  );
  return found.flat().toSorted((a, b) => worstFirst.indexOf(a.level) - worstFirst.indexOf(b.level));
}

async function made({ look }: Check, examined: Examined, deadline: number): Promise<Found[]> {
  try {
    return await pTimeout(
      // A check that throws before its first wait is no different.
      Promise.resolve().then(() => look(examined, AbortSignal.timeout(deadline))),
      { milliseconds: deadline + 1_000, message: `there was no answer in ${deadline / 1_000} s` },
    );
  } catch (error) {
    return [
      fails(
        `This check could not be made: ${reasonOf(error)}.`,
        'Mend what else is found, and look again.',
      ),
    ];
  }
}
