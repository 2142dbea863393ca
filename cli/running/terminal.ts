/** Where the commands write to people: progress to standard error, results to standard output. */
export interface Terminal {
  /** One line of progress. */
  progress(line: string): void;
  /** Awaits the work; what takes more than a second is told when that second is over. */
  during<T>(doing: string, work: Promise<T>): Promise<T>;
  /** The result. */
  print(text: string): void;
}

/** The process's own terminal. */
export function createTerminal(): Terminal {
  // A terminal that was closed must not end us in the middle of stopping.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const progress = (line: string) => void process.stderr.write(`${line}\n`);
  return {
    progress,
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
