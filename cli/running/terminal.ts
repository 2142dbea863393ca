/** How commands talk to people: progress goes to standard error, results to standard output. */
export interface Terminal {
  /** One line of progress. */
  progress(line: string): void;
  /** What went wrong. */
  problem(text: string): void;
  /** Awaits the work; if it takes more than a second, prints what is being done. */
  during<T>(doing: string, work: Promise<T>): Promise<T>;
  /** The result. */
  print(text: string): void;
}

/** The process's own terminal. */
export function createTerminal(): Terminal {
  // A closed terminal must not end us while we are stopping.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const progress = (line: string) => void process.stderr.write(`${line}\n`);
  return {
    progress,
    problem: progress,
    async during(doing, work) {
      const timer = setTimeout(() => progress(`${doing} …`), 1_000);
      try {
        return await work;
      } finally {
        clearTimeout(timer);
      }
    },
    print: (text) => void process.stdout.write(`${text}\n`),
  };
}
