import { GitServer } from '../../../examples/git-server/git-server.ts';
import { answerCalls } from './calls.ts';

/*
 * The Git server of a chaos run, as a process: `<directory> <port>`.
 */
const [directory = '.', port = '0', username = '', password = ''] = process.argv.slice(2);
const server = await GitServer.start({
  directory,
  port: Number(port),
  credential: { username, password },
});

/** Tells the process that started this one, and waits until it says to go on. */
function hold(moment: 'beforePush' | 'afterPush'): Promise<void> {
  return new Promise((resolve) => {
    goOn = resolve;
    process.send?.({ held: moment });
  });
}
let goOn: () => void = () => undefined;

const handlers = {
  refuse: (status: number | null) => {
    server.answerWith = status;
  },
  hangInPushes: (hangs: boolean) => {
    server.hang = hangs ? 'push' : null;
  },
  loseNextAnswer: () => {
    server.loseNextAnswer = true;
  },
  forgetNextPush: () => {
    server.forgetNextPush = true;
  },
  /** The next push waits at this moment until it is told to go on. */
  holdNextPush: (moment: 'beforePush' | 'afterPush') => {
    server[moment] = async () => {
      server[moment] = null;
      await hold(moment);
    };
  },
  goOn: () => goOn(),
  /** Ends all faults and closes all connections, as a server that is restarted. */
  async recover() {
    server.answerWith = null;
    server.hang = null;
    server.loseNextAnswer = false;
    server.forgetNextPush = false;
    server.beforePush = null;
    server.afterPush = null;
    goOn();
    await server.goAway();
    await server.comeBack();
  },
};

/** What the Git server can be told. */
export type GitServerCalls = typeof handlers;

answerCalls(handlers);
console.log(`The Git server is up at ${server.url('')}`);
