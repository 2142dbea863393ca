import type { ChildProcess } from 'node:child_process';

/** What a stand-in can be asked for, by name. */
export type Handlers = Record<string, (argument: never) => unknown>;

interface Question {
  id: number;
  name: string;
  argument: unknown;
}

type Answer = { id: number; value: unknown } | { id: number; error: string };

/** Answers the calls of the process that started this one, one after the other. */
export function answerCalls(handlers: Handlers): void {
  let last: Promise<unknown> = Promise.resolve();
  process.on('message', (message: Question) => {
    last = last.then(async () => process.send?.(await answerTo(handlers, message)));
  });
  // Whoever started this process is gone.
  process.on('disconnect', () => process.exit());
}

async function answerTo(handlers: Handlers, { id, name, argument }: Question): Promise<Answer> {
  try {
    return { id, value: await handlers[name]?.(argument as never) };
  } catch (error) {
    return { id, error: String(error) };
  }
}

let calls = 0;

/** Calls a stand-in; rejects if it ends before it has answered, and then nobody knows what it has done. */
export function callChild<H extends Handlers, N extends keyof H & string>(
  child: ChildProcess,
  name: N,
  argument: Parameters<H[N]>[0],
): Promise<Awaited<ReturnType<H[N]>>> {
  const id = ++calls;
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      child.off('message', hear);
      child.off('exit', gone);
      act();
    };
    const hear = (answer: Answer) => {
      if (answer.id !== id) return;
      if ('error' in answer) settle(() => reject(new Error(`${name}: ${answer.error}`)));
      else settle(() => resolve(answer.value as Awaited<ReturnType<H[N]>>));
    };
    const gone = () => settle(() => reject(new Error(`${name}: the process has ended.`)));
    child.on('message', hear);
    child.once('exit', gone);
    child.send({ id, name, argument } satisfies Question, (error) => error && gone());
  });
}
