import type { paths } from '../../api/schema.ts';
import { texts } from '../../texts/index.ts';

const { findings: words } = texts.enable;

/** What a preview says about the repository. */
export type Findings =
  paths['/v1/projects/{project}/mirrors/preview']['post']['responses'][200]['content']['application/json']['repository'];
/** What a check says about it; only it knows whether the place is taken. */
export type Checked = Findings & { placeTaken?: string | null };

/** One thing that was found, and what it means for the mirror: it cannot work with one that is `bad`. */
export interface Finding {
  level: 'good' | 'note' | 'bad';
  text: string;
}

/** What was found, in sentences, in the order in which they matter. */
export function findingsOf(checked: Checked, branch: string): Finding[] {
  const { reachable, failure, placeTaken = null } = checked;
  const taken: Finding[] = placeTaken === null ? [] : [{ level: 'bad', text: placeTaken }];
  if (!reachable) return [{ level: 'bad', text: failure?.message ?? '' }, ...taken];
  return [
    { level: 'good', text: words.reachable },
    ...taken,
    branchFinding(checked, branch),
    ...pushFindings(checked, branch),
    visibilityFinding(checked),
  ];
}

/** Whether a mirror could be enabled nevertheless: it would wait until somebody puts that right. */
export function mayContinue({ reachable, placeTaken = null }: Checked): boolean {
  return reachable && placeTaken === null;
}

function branchFinding({ empty, tip }: Findings, branch: string): Finding {
  if (empty === true) return { level: 'good', text: words.empty };
  return tip === null
    ? { level: 'good', text: words.newBranch(branch) }
    : { level: 'note', text: words.hasBranch(branch, tip.slice(0, 8)) };
}

function pushFindings(
  { pushAllowed, pushReason, branchProtected }: Findings,
  branch: string,
): Finding[] {
  if (pushAllowed === false) return [{ level: 'bad', text: words.mayNotPush(pushReason) }];
  const push: Finding =
    pushAllowed === true
      ? { level: 'good', text: words.mayPush }
      : { level: 'note', text: words.pushUnknown(pushReason) };
  // A host may protect a branch and still let this account push to it.
  return branchProtected === true && pushAllowed !== true
    ? [push, { level: 'note', text: words.protected(branch) }]
    : [push];
}

function visibilityFinding({ visibility, visibilityReason }: Findings): Finding {
  if (visibility === 'private') return { level: 'good', text: words.private(visibilityReason) };
  return visibility === 'public'
    ? { level: 'note', text: words.public(visibilityReason) }
    : { level: 'note', text: words.visibilityUnknown(visibilityReason) };
}
