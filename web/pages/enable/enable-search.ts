/** The steps, in their order. */
export const steps = ['project', 'repository', 'contents', 'preview'] as const;
export type Step = (typeof steps)[number];

/** What the address of the page says: the step, and which project and branch to begin with. */
export interface EnableSearch {
  step?: Step;
  project?: string;
  branch?: string;
}

/** Reads an address; what it does not understand is left out. Ids may look like numbers there. */
export function enableSearch({ step, project, branch }: Record<string, unknown>): EnableSearch {
  const known = steps.find((one) => one === step && one !== 'project');
  const [projectId, branchId] = [idOf(project), idOf(branch)];
  return {
    ...(known && { step: known }),
    ...(projectId !== null && { project: projectId }),
    ...(branchId !== null && { branch: branchId }),
  };
}

function idOf(value: unknown): string | null {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^[\w.-]{1,64}$/.test(text) ? text : null;
}
