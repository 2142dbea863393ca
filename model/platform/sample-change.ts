/** A change of the sample project, as requested. */
export interface SampleChange {
  branchId: string;
  componentId: string;
  configId: string;
  /** What the author says about it. */
  description: string;
}

/** A change that the sample project was told to make. */
export interface AppliedSampleChange extends SampleChange {
  author: string;
  /** ISO 8601 in UTC. */
  at: string;
}
