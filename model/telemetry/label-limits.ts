/**
 * How many values of a label whose values grow with the installation are told apart: those with the most commits in a week.
 * All others are {@link otherValues}. `null`: all are told apart.
 */
export interface LabelLimits {
  projects: number | null;
  branches: number | null;
}

/** The setting's default. */
export const defaultLabelLimits: LabelLimits = { projects: 50, branches: 50 };

/** The values of a label that are not told apart. */
export const otherValues = 'other';

/** A label that says nothing: of a commit without changes, a project without a plan. */
export const noValue = 'none';

/** How many values are told apart of labels that few installations have more of: plans, regions, hosts. */
export const fewValues = 20;
