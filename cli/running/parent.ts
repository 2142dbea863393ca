/** Watches whether the process that started this one is still running. */
export interface ParentWatch {
  /** Resolves when it has ended. */
  readonly gone: Promise<void>;
  /** Stops watching. */
  dispose(): void;
}

const interval = 500;

/**
 * Checks twice a second, because there is no portable notification that a parent process has ended.
 */
export function watchParent(): ParentWatch {
  // A process whose parent has ended gets a new one: process 1, or one that adopts orphans.
  const first = process.ppid;
  let timer: NodeJS.Timeout | undefined;
  const gone = new Promise<void>((resolve) => {
    timer = setInterval(() => {
      if (process.ppid === first) return;
      clearInterval(timer);
      resolve();
    }, interval);
  });
  return { gone, dispose: () => clearInterval(timer) };
}
