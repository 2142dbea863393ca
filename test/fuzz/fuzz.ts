import { parseArgs } from 'node:util';
import { FuzzTarget } from './fuzz-target.ts';
import { installSchemathesis } from './schemathesis/install.ts';
import { roles } from './stage.ts';

/*
 * Asks the real processes what nobody would think of asking, as the OpenAPI description permits it and as it does not, and
 * checks each answer against the description:
 *
 *     npm run fuzz -- [--requests 20000] [--seed 4711] [--role admin] [--only '^/v1/spaces']
 *
 * The seed decides what is asked. Half of the requests are those of a reader, half of an admin. A role's first round tries
 * each rule of each schema; its later rounds, with seeds one more each, only make up requests.
 */
const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '20000' },
    seed: { type: 'string' },
    role: { type: 'string' },
    only: { type: 'string' },
  },
});

const wanted = Number(values.requests);
const first = Number(values.seed ?? Date.now() % 1_000_000);
const only = values.only ?? null;
const asked = values.role === undefined ? roles : roles.filter((role) => role === values.role);
if (asked.length === 0 || !(wanted >= 1) || !Number.isSafeInteger(first))
  throw new Error(
    `Use --role ${roles.join(' or ')}, --requests with a number, --seed with a whole number.`,
  );

console.log(`${wanted} requests from seed ${first}.`);
const target = await FuzzTarget.start('dist', await installSchemathesis());
let faults = 0;
let rounds = 0;
process.once('SIGINT', () => void target.stop().then(() => process.exit(130)));
try {
  for (const [at, role] of asked.entries()) await fuzzAs(role, (wanted * (at + 1)) / asked.length);
  printCounts(await target.operations());
  console.log(`\n${target.requests} requests, seed ${first}, ${faults} kinds of faults.`);
} finally {
  await target.stop({ keep: faults > 0 });
  if (faults > 0) console.log(`The logs of the processes are in ${target.world.directory}/logs.`);
}
process.exitCode = faults > 0 ? 1 : 0;

/** Goes on with rounds as this role until there were so many requests in all. */
async function fuzzAs(role: (typeof roles)[number], until: number): Promise<void> {
  let seed = first;
  for (let round = 0; round === 0 || target.requests < until; round++, seed++) {
    const before = target.requests;
    const number = rounds++;
    const outcome = await target.run({
      ...{ number, role, seed, only },
      examples: 8,
      isThorough: round === 0,
    });
    faults += outcome.faults.length;
    console.log(`As ${role}, seed ${seed}: ${target.requests - before} requests.`);
    if (outcome.faults.length === 0) continue;
    console.log(`${outcome.details}\n`);
    for (const fault of outcome.faults) console.log(`  Wrong: ${fault}`);
    const restricted = only === null ? '' : ` --only '${only}'`;
    console.log(
      `To see this again: npm run fuzz -- --seed ${seed} --role ${role} --requests 1${restricted}`,
    );
  }
}

/** Requests by operation and status; those with a method that a path does not have are one line. */
function printCounts(operations: ReadonlySet<string>): void {
  const others = new Map<number, number>();
  const lines = [...target.gateway.counts].filter(([operation, statuses]) => {
    if (operations.has(operation)) return true;
    for (const [status, n] of statuses) others.set(status, (others.get(status) ?? 0) + n);
    return false;
  });
  lines.sort(([a], [b]) => (a < b ? -1 : 1)).push(['(what is not described)', others]);
  for (const [operation, statuses] of lines) {
    const told = [...statuses].sort(([a], [b]) => a - b).map(([status, n]) => `${status}: ${n}`);
    console.log(`${operation.padEnd(74)} ${told.join(', ')}`);
  }
}
