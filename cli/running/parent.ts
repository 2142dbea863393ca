/** Watches whether the process that started this one is still there. */
export interface ParentWatch {
  /** Resolves when it is gone. */
  readonly gone: Promise<void>;
  /** Looks no more. */
  dispose(): void;
}

const interval = 500;

/** Looks twice a second, since no system tells a process that its parent has ended. */
export function watchParent(): ParentWatch {
  // Whoever has no parent is given another: process 1, or one that collects orphans.
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
