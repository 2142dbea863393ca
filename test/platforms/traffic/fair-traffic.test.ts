import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { FairTraffic } from '../../../platforms/traffic/fair-traffic.ts';
import { TooBusy, type Turn } from '../../../platforms/traffic/source-traffic.ts';

const host = new URL('https://platform.example/v2');
const { signal } = new AbortController();
const usual = { patience: 5_000, signal };

/** Takes as many turns of each project as it gets now. */
async function take(traffic: FairTraffic, project: string, count: number, got: string[] = []) {
  const turns: Turn[] = [];
  for (let n = 0; n < count; n++)
    void traffic
      .of(host, project)
      .enter(usual)
      .then(
        (turn) => {
          got.push(project);
          turns.push(turn);
        },
        // Those that are still waiting when the test ends.
        () => undefined,
      );
  await sleep(20);
  return turns;
}

describe('the traffic to a host', () => {
  it('lets a project have eight requests under way, and all together 32', async () => {
    const traffic = new FairTraffic();
    const got: string[] = [];
    const first = await take(traffic, 'a', 20, got);
    expect(got).toHaveLength(8);
    for (const project of ['b', 'c', 'd', 'e']) await take(traffic, project, 8, got);
    expect(got.filter((project) => project === 'd')).toHaveLength(8);
    expect(got).toHaveLength(32);
    first[0]?.leave();
    first[0]?.leave();
    await sleep(20);
    expect(got).toHaveLength(33);
  });

  it('serves projects in turns, however much one of them asks', async () => {
    const traffic = new FairTraffic();
    const got: string[] = [];
    const held = await take(traffic, 'held', 8);
    for (const project of ['x', 'y', 'z']) held.push(...(await take(traffic, project, 8)));
    void take(traffic, 'noisy', 100, got);
    void take(traffic, 'quiet', 2, got);
    await sleep(20);
    for (const turn of held) turn.leave();
    await sleep(20);
    expect(got.slice(0, 4)).toEqual(['noisy', 'quiet', 'noisy', 'quiet']);
  });

  it('is paused for a project that was refused, but for no other', async () => {
    const traffic = new FairTraffic();
    const [turn] = await take(traffic, 'a', 1);
    turn?.limited(60_000);
    turn?.leave();
    await expect(traffic.of(host, 'a').enter({ patience: 100, signal })).rejects.toThrow(TooBusy);
    await expect(traffic.of(host, 'b').enter({ patience: 100, signal })).resolves.toBeDefined();
  });

  it('is spread over time once it refuses two projects, and faster again when it answers', async () => {
    let now = 1_000;
    const traffic = new FairTraffic(() => now);
    for (const project of ['a', 'b']) {
      const [turn] = await take(traffic, project, 1);
      turn?.limited(1);
      turn?.leave();
    }
    now += 10_001;
    const got: string[] = [];
    const turns = await take(traffic, 'c', 3, got);
    // The clock stands still, so that the pace lets only one through.
    expect(got).toHaveLength(1);
    now += 25;
    await sleep(60);
    expect(got).toHaveLength(2);
    for (let n = 0; n < 100; n++) turns[0]?.answered();
    now += 25;
    await sleep(60);
    expect(got).toHaveLength(3);
    await take(traffic, 'd', 5, got);
    expect(got).toHaveLength(8);
  });

  it('is not slowed down by a few of many projects that have limits of their own, nor for ever', async () => {
    let now = 1_000;
    const traffic = new FairTraffic(() => now);
    const held: Turn[] = [];
    for (let n = 0; n < 8; n++) held.push(...(await take(traffic, `other ${n}`, 1)));
    const refuse = async (project: string) => {
      const [turn] = await take(traffic, project, 1);
      turn?.limited(1);
      turn?.leave();
    };
    await refuse('a');
    await refuse('b');
    const got: string[] = [];
    await take(traffic, 'c', 5, got);
    expect(got).toHaveLength(5);
    // A quarter of all that ask.
    await refuse('d');
    now += 10_001;
    await take(traffic, 'g', 5, got);
    expect(got).toHaveLength(6);
    now += 600_000;
    await take(traffic, 'h', 5, got);
    expect(got.length).toBeGreaterThan(10);
    for (const turn of held) turn.leave();
  });

  it('keeps nobody waiting for ever: neither who gives up nor who runs out of patience', async () => {
    const traffic = new FairTraffic();
    const held = await take(traffic, 'a', 8);
    const stop = new AbortController();
    const stopped = traffic.of(host, 'a').enter({ patience: 60_000, signal: stop.signal });
    stop.abort(new Error('stopped'));
    await expect(stopped).rejects.toThrow('stopped');
    const impatient = traffic.of(host, 'a').enter({ patience: 50, signal });
    await expect(impatient).rejects.toThrow(TooBusy);
    for (const turn of held) turn.leave();
    await expect(traffic.of(host, 'a').enter(usual)).resolves.toBeDefined();
  });
});
