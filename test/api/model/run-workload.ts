import type { JobRunner } from '../../../apps/api/src/platform/jobs/index.js';
import type { TestApp } from '../../support/app.js';
import type { TestMember } from '../../support/builders/membership.js';
import type { GraphqlClient } from '../../support/graphql-client.js';
import { minuteOf } from './calendar.js';
import { asPut, eventsSince } from './events.js';
import type { Happened } from './history.js';
import { numberedRefusals, request, type Refusals } from './requests.js';
import { Replay } from './replay.js';
import { Sessions } from './sessions.js';
import { OPERATORS, RULES, buyPack, stage, type Stage } from './stage.js';
import { Client, reshuffled, seeded, type Board } from './workload.js';
import { World } from './world.js';

// Within the life of a hold, at its end, over an opening, and over a night.
const STEPS_MINUTES = [0, 5, 16, 61, 400];
const ACTIONS_IN_A_STEP = 5;
// What is still to happen after so many times the operations is not rare any more, but gone.
const PATIENCE = 3;
const PURCHASES_IN_A_STEP = 3;

type Api = Pick<GraphqlClient, 'gql'>;

/** One of those who ask at the same time, at one of the processes. */
interface Player {
  readonly client: Client;
  readonly member: TestMember;
  readonly api: Api;
}

/** What ends dead holds by itself; it can rest, and then only somebody's request finds them. */
export type RestingWorker = Pick<JobRunner, 'start' | 'running' | 'beforeApplicationShutdown'>;

export interface WorkloadRun {
  readonly replay: Replay;
  /** How many outcomes had a number. */
  readonly numbered: number;
  /** How often a check-in or a check-out was answered with success; their numbers are in their events. */
  readonly desk: ReadonlyMap<string, number>;
  readonly coopId: string;
  readonly endedAt: number;
}

/** A workload as it runs: what its clients know, and the model that follows. */
class Workload {
  readonly replay: Replay;
  readonly desk = new Map<string, number>();
  readonly sessions: Sessions;
  numbered = 0;
  private sequence = 0n;

  constructor(
    readonly app: TestApp,
    readonly scene: Stage,
    readonly players: readonly Player[],
    readonly refusals: Refusals,
    readonly worker: RestingWorker | null,
  ) {
    this.replay = new Replay(new World(scene.cells, RULES));
    this.sessions = new Sessions(app);
  }

  /** All clients ask at once, each some things one after the other, while the clock stands still; then all is replayed. */
  async step(minutes: number, random: () => number): Promise<void> {
    await this.restOrWork(random() < 0.5);
    await this.app.clock.step(minutes * 60_000);
    const now = await this.app.clock.now();
    const tokens = await Promise.all(this.players.map(({ member }) => this.sessions.token(member, now)));
    for (let count = 0; count < PURCHASES_IN_A_STEP; count += 1)
      await this.buy(random, tokens, now.getTime());
    const asked = await Promise.all(
      this.players.map((player, index) => this.play(player, tokens[index] ?? '', now.getTime())),
    );
    const happened = [...asked.flat(), ...(await this.untold())];
    happened.sort((a, b) => (a.sequence < b.sequence ? -1 : 1));
    this.sequence = happened.at(-1)?.sequence ?? this.sequence;
    this.numbered += happened.length;
    const told = await asPut(this.app.database, this.scene.coop.coopId, happened);
    for (const one of told) this.replay.apply(one);
    const last = told.at(-1);
    if (last) this.replay.keepsDistance(last);
  }

  private async restOrWork(works: boolean): Promise<void> {
    if (this.worker === null || this.worker.running === works) return;
    await (works ? this.worker.start() : this.worker.beforeApplicationShutdown());
  }

  /**
   * Somebody buys a pack. A purchase has no number, so it is one of those for whom nothing else can happen meanwhile:
   * nobody asks for anything, and who does not wait is offered nothing.
   */
  private async buy(random: () => number, tokens: readonly string[], now: number): Promise<void> {
    const { world } = this.replay;
    const waiting = new Set(world.queue.map(({ accountId }) => accountId));
    const buyers = this.players.flatMap(({ api, member: { accountId } }, index) =>
      waiting.has(accountId) ? [] : [{ api, accountId, token: tokens[index] ?? '' }],
    );
    const buyer = buyers[Math.floor(random() * buyers.length)];
    if (buyer === undefined) return;
    world.creditsOf(buyer.accountId).buy(await buyPack(buyer.api, this.scene, buyer.token), now);
  }

  private async play({ client, member, api }: Player, token: string, now: number): Promise<Happened[]> {
    const happened: Happened[] = [];
    const { accountId } = member;
    for (let count = 0; count < ACTIONS_IN_A_STEP; count += 1) {
      const action = client.next(minuteOf(now));
      const outcome = await request(api, { token }, this.scene.coop.coopId, action, this.refusals);
      client.note(action, outcome);
      const { sequence, __typename: name } = outcome;
      if (typeof sequence === 'string')
        happened.push({ kind: 'asked', sequence: BigInt(sequence), now, accountId, action, outcome });
      else if (action.kind === 'checkIn' || action.kind === 'checkOut')
        this.desk.set(name, (this.desk.get(name) ?? 0) + 1);
    }
    return happened;
  }

  private async untold(): Promise<Happened[]> {
    const { app, scene, sequence, players } = this;
    const events = await eventsSince(app.database, scene.coop.coopId, sequence);
    for (const { happened, accountId } of events)
      if (happened.kind === 'offered')
        players.find(({ member }) => member.accountId === accountId)?.client.held(happened.bookingId);
    return events.map(({ happened }) => happened);
  }
}

/** What ends a workload: so many operations, and each of these kinds at least once, since chance decides what comes when. */
export interface Enough {
  readonly operations: number;
  readonly kinds: readonly string[];
}

/**
 * Runs a seeded workload of sixteen concurrent clients, each at one of the `apis`, and replays it through the model in
 * the order of the numbers. The clock stands still while the clients ask, and is stepped between.
 */
export async function runWorkload(
  app: TestApp,
  apis: readonly Api[],
  seed: number,
  { operations, kinds }: Enough,
  worker: RestingWorker | null = null,
): Promise<WorkloadRun> {
  const scene = await stage(app);
  const random = seeded(seed);
  const board: Board = new Map();
  const players = scene.members.map((member, index): Player => {
    const api = apis[index % apis.length];
    if (api === undefined) throw new Error('Expected an API to ask.');
    return {
      member,
      api,
      client: new Client(seeded(seed * 1000 + index), scene.cells, board, index < OPERATORS),
    };
  });
  const workload = new Workload(app, scene, players, await numberedRefusals(app), worker);
  for (const minutes of reshuffled(STEPS_MINUTES, random)) {
    await workload.step(minutes, random);
    const { replay, numbered } = workload;
    const happened = kinds.every((kind) => (replay.counted.get(kind) ?? 0) > 0);
    if (numbered >= operations * (happened ? 1 : PATIENCE)) break;
  }
  const endedAt = (await app.clock.now()).getTime();
  const { replay, numbered, desk } = workload;
  return { replay, numbered, desk, coopId: scene.coop.coopId, endedAt };
}
