import { createHash } from 'node:crypto';
import type { JsonValue } from '../../model/knowledge/entry.ts';

/** A version that some of the readers of a prompt get. */
export interface Arm {
  name: string;
  /** The commit of the prompt; `null`: as in the environment. */
  commit: string | null;
  /** The variant of the prompt; `null`: none. */
  variant: string | null;
  /** Its share, in relation to those of the other arms. */
  weight: number;
}

/** Versions of a prompt side by side. */
export interface Experiment {
  arms: Arm[];
}

type Fault = (path: readonly string[], message: string) => null;

const mostArms = 20;

/** Reads an environment's experiments, by prompt. What is wrong is told to `fault`, and the experiment left out. */
export function readExperiments(
  value: JsonValue | undefined,
  fault: Fault,
): Map<string, Experiment> {
  const experiments = new Map<string, Experiment>();
  if (value === undefined || value === null) return experiments;
  if (typeof value !== 'object' || Array.isArray(value)) {
    fault(['experiments'], 'must be a map of prompts');
    return experiments;
  }
  for (const [prompt, said] of Object.entries(value)) {
    const arms = armsOf(said);
    if (typeof arms === 'string') fault(['experiments', prompt], arms);
    else experiments.set(prompt, { arms });
  }
  return experiments;
}

/** The arms of an experiment, or what is wrong with them. */
function armsOf(said: JsonValue): Arm[] | string {
  const list = typeof said === 'object' && said !== null && !Array.isArray(said) ? said.arms : null;
  if (!Array.isArray(list) || list.length === 0 || list.length > mostArms)
    return `must have "arms", a list of 1 to ${mostArms}`;
  const arms = list.map(armOf);
  const wrong = arms.find((arm) => typeof arm === 'string');
  if (wrong !== undefined) return wrong;
  const read = arms.filter((arm) => typeof arm !== 'string');
  if (new Set(read.map(({ name }) => name)).size < read.length) return 'has two arms with one name';
  if (!read.some(({ weight }) => weight > 0)) return 'has no arm with a weight above 0';
  return read;
}

function armOf(said: JsonValue): Arm | string {
  if (typeof said !== 'object' || said === null || Array.isArray(said))
    return 'has an arm that is no map';
  const { name, commit = null, variant = null, weight = 1 } = said;
  if (typeof name !== 'string' || name === '' || name.length > 100)
    return 'has an arm without a name of at most 100 characters';
  if (commit !== null && !(typeof commit === 'string' && /^[0-9a-f]{40}$/i.test(commit)))
    return `has an arm "${name}" whose commit is no commit: 40 hex digits`;
  if (variant !== null && typeof variant !== 'string')
    return `has an arm "${name}" whose variant is no text`;
  if (typeof weight !== 'number' || !(weight >= 0 && weight <= 1e6))
    return `has an arm "${name}" whose weight is no number from 0 to 1,000,000`;
  return { name, commit: commit?.toLowerCase() ?? null, variant, weight };
}

/** What an arm is chosen for. */
export interface Choice {
  space: string;
  environment: string;
  prompt: string;
  /** Who or what gets the same arm each time, such as a conversation. */
  key: string;
}

/**
 * The arm for a key: always the same, on each machine, and by weight over many keys. It is chosen by weighted rendezvous
 * hashing: each arm draws a number from its name and the key (SHA-256), and the smallest in relation to its weight wins. So when a weight
 * grows, keys only move to that arm, and a new arm takes keys from all others without moving any between them.
 */
export function chooseArm({ arms }: Experiment, choice: Choice): Arm | null {
  let chosen: Arm | null = null;
  let smallest = Infinity;
  for (const arm of arms) {
    const drawn = arm.weight > 0 ? -Math.log(share(choice, arm.name)) / arm.weight : Infinity;
    if (drawn >= smallest) continue;
    smallest = drawn;
    chosen = arm;
  }
  return chosen;
}

/** A number above 0 and below 1. */
function share({ space, environment, prompt, key }: Choice, arm: string): number {
  const text = JSON.stringify([space, environment, prompt, arm, key]);
  const digest = createHash('sha256').update(text).digest();
  return (digest.readUIntBE(0, 6) + 0.5) / 2 ** 48;
}
