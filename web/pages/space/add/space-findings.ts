import { texts } from '../../../texts/index.ts';
import type { Finding, Findings } from '../../enable/findings.ts';

const { findings: shared } = texts.enable;
const { repository: words } = texts.newSpace;

/** What was found in the repository of a new space, in sentences, in the order in which they matter. */
export function spaceFindings(found: Findings, branch: string): Finding[] {
  const { reachable, failure } = found;
  if (!reachable) return [{ level: 'bad', text: failure?.message ?? '' }];
  return [
    { level: 'good', text: words.reachable },
    branchFinding(found, branch),
    ...pushFindings(found, branch),
    visibilityFinding(found),
  ];
}

function branchFinding({ empty, tip }: Findings, branch: string): Finding {
  if (empty === true) return { level: 'good', text: words.empty };
  return tip === null
    ? { level: 'note', text: words.newBranch(branch) }
    : { level: 'good', text: words.hasBranch(branch, tip.slice(0, 8)) };
}

function pushFindings(
  { pushAllowed, pushReason, branchProtected }: Findings,
  branch: string,
): Finding[] {
  // On a protected branch every save becomes a review, so nothing has to be changed there.
  if (branchProtected === true && pushAllowed !== true)
    return [{ level: 'note', text: words.protected(branch) }];
  if (pushAllowed === false) return [{ level: 'bad', text: shared.mayNotPush(pushReason) }];
  return pushAllowed === true
    ? [{ level: 'good', text: shared.mayPush }]
    : [{ level: 'note', text: shared.pushUnknown(pushReason) }];
}

function visibilityFinding({ visibility, visibilityReason }: Findings): Finding {
  if (visibility === 'private') return { level: 'good', text: shared.private(visibilityReason) };
  return visibility === 'public'
    ? { level: 'note', text: words.public(visibilityReason) }
    : { level: 'note', text: words.visibilityUnknown(visibilityReason) };
}
