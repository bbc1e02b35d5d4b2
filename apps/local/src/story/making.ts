import { poll } from '../poll.ts';
import { requestIdOf } from './api.ts';
import type { OpenDrop } from './drops.ts';
import type { Player } from './people.ts';
import { photograph } from './photos.ts';
import type { Setting } from './setting.ts';
import type { StoryTime } from './time.ts';

interface BookingAnswer {
  id: string;
  fromAt: string;
  toAt: string;
  checkedInAt: string | null;
  checkedOutAt: string | null;
}

interface RunAnswer {
  id: string;
  state: string;
  edition: { id: string };
  lots: {
    number: number;
    plannedAt: string | null;
    operations: { name: string; bookings: BookingAnswer[] }[];
  }[];
  units: {
    edges: {
      node: { id: string; state: string; serial: number | null; lotNumber: number; orderId: string };
    }[];
  };
}

const RUNS = `query ($coopId: ID!) { runs(coopId: $coopId, first: 5) { edges { node {
  id state edition { id }
  lots { number plannedAt operations { name bookings { id fromAt toAt checkedInAt checkedOutAt } } }
  units(first: 100) { edges { node { id state serial lotNumber orderId } } } } } } }`;

async function runOf(setting: Setting, operator: Player, drop: OpenDrop): Promise<RunAnswer | null> {
  const found = await operator.api.ask<{ edges: { node: RunAnswer }[] }>(RUNS, { coopId: setting.coopId });
  return found.edges.map((edge) => edge.node).find((run) => run.edition.id === drop.editionId) ?? null;
}

const unplanned = (run: RunAnswer): boolean => run.lots.some((lot) => lot.plannedAt === null);

async function plannedRun(setting: Setting, operator: Player, drop: OpenDrop): Promise<RunAnswer> {
  return poll('the run to be planned', 60_000, async () => {
    const run = await runOf(setting, operator, drop);
    return run === null || unplanned(run) ? null : run;
  });
}

interface Shift {
  readonly booking: BookingAnswer;
  /** What is done by the end of the booking; null while the operation goes on, or is made once more. */
  readonly done: string | null;
}

const shiftsOf = ({ lots }: RunAnswer): Shift[] =>
  lots
    .flatMap(({ number, operations }) =>
      operations.flatMap(({ name, bookings }) =>
        bookings.map((booking) => ({
          booking,
          done: number === 1 && booking === bookings.at(-1) ? name : null,
        })),
      ),
    )
    .sort((a, b) => a.booking.fromAt.localeCompare(b.booking.fromAt));

/** The run is made day by day: each booking is checked in at its start and out at its end, and what is done is photographed. */
async function work(setting: Setting, operator: Player, run: RunAnswer, time: StoryTime): Promise<void> {
  const { coopId } = setting;
  for (const { booking, done } of shiftsOf(run)) {
    if (booking.checkedInAt === null) {
      await time.goTo(new Date(booking.fromAt));
      await operator.api.does('checkIn', 'CheckedIn', 'booking { id }', {
        coopId,
        bookingId: booking.id,
        requestId: requestIdOf(`check in ${booking.id}`),
      });
    }
    if (booking.checkedOutAt === null) {
      await time.goTo(new Date(booking.toAt));
      await operator.api.does('checkOut', 'CheckedOut', 'booking { id }', {
        coopId,
        bookingId: booking.id,
        requestId: requestIdOf(`check out ${booking.id}`),
      });
    }
    if (done !== null && run.state !== 'FINISHED') await photograph(setting, operator, run.id, done);
  }
}

async function judge(setting: Setting, operator: Player, unitId: string, verdict: object): Promise<void> {
  await operator.api.does('recordQuality', 'QualityRecorded', 'unit { id }', {
    coopId: setting.coopId,
    unitId,
    ...verdict,
    requestId: requestIdOf(`quality ${unitId}`),
  });
}

/** Makes the run, fails one piece on the light table, remakes it, and passes the rest. */
export async function make(
  setting: Setting,
  operator: Player,
  drop: OpenDrop,
  time: StoryTime,
): Promise<void> {
  await time.goTo(new Date((await time.now()).getTime() + 60_000));
  for (let lot = 1; lot <= 2; lot += 1) {
    const run = await plannedRun(setting, operator, drop);
    await work(setting, operator, run, time);
    const units = run.units.edges.map((edge) => edge.node).filter((unit) => unit.state === 'PLANNED');
    for (const unit of units) {
      const spoilt = run.lots.length === 1 && unit === units[2];
      await judge(
        setting,
        operator,
        unit.id,
        spoilt
          ? { outcome: 'FAILED', remedy: 'REMAKE', note: 'Second colour out of register' }
          : { outcome: 'PASSED', note: 'Register and trim within tolerance' },
      );
    }
  }
  await poll(
    'every piece to pass',
    60_000,
    async () => (await runOf(setting, operator, drop))?.state === 'FINISHED',
  );
}

/** Hands every order over to its buyer, which makes its money payable. */
export async function handOver(
  setting: Setting,
  operator: Player,
  orderIds: readonly string[],
): Promise<void> {
  for (const orderId of orderIds)
    await operator.api.does('handOver', 'OrderHandedOver', 'order { id }', {
      coopId: setting.coopId,
      orderId,
      requestId: requestIdOf(`hand over ${orderId}`),
    });
}

/** Waits until the first piece verifies as genuine; answers its printed path. */
export async function genuine(who: Player, drop: OpenDrop): Promise<string> {
  await poll('a certificate to verify as genuine', 120_000, async () => {
    const verdict = await who.api.ask<{ word: string }>(
      `query ($input: VerifyInput!) { verify(input: $input) { word } }`,
      { input: { gtin: drop.gtin, serial: 1 } },
    );
    return verdict.word === 'GENUINE';
  });
  return `/01/${drop.gtin}/21/1`;
}
