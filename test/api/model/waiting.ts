import { ModelDiffersError, must, type Action, type Asked, type Offered } from './history.js';
import { mayTake, takes, windowsFor } from './queue.js';
import { placesFor } from './places.js';
import type { ModelCell, ModelWish, World } from './world.js';

export function join(world: World, happened: Asked, action: Extract<Action, { kind: 'join' }>): void {
  const { outcome, now, accountId } = happened;
  const cell = world.cell(action.cellId);
  const wish: ModelWish = {
    ...{
      id: outcome.entry?.id ?? '',
      cellId: action.cellId,
      accountId,
      family: action.family ?? cell.defaultFamily,
    },
    ...{
      earliest: action.from,
      latest: action.to,
      minutes: action.minutes,
      leastMinutes: action.leastMinutes,
      useCredits: action.useCredits,
    },
    ...{ state: 'waiting', bookingId: null, passedOver: false },
  };
  const free = windowsFor(world, cell, wish, now).length > 0;
  if (outcome.__typename === 'SlotIsFree') {
    must(free, 'Said to be free and is not', happened);
    return;
  }
  if (outcome.__typename !== 'WaitingListJoined') {
    const known = ['WishInvalid', 'WaitingLimitReached'].includes(outcome.__typename);
    must(known, 'Not let into the queue for nothing', happened);
    return;
  }
  must(!free, 'Waits for what is free', happened);
  wish.passedOver = !mayTake(world, cell, wish, now);
  world.join(wish);
}

export function leave(world: World, happened: Asked, entryId: string): void {
  const wish = world.wishes.get(entryId);
  if (wish === undefined) throw new ModelDiffersError('Left a queue that it never joined', happened);
  const waits = wish.state === 'waiting' && happened.now < wish.latest * 60_000;
  const left = happened.outcome.__typename === 'WaitingListLeft';
  must(left ? wish.state === 'waiting' : !waits, 'Left, or stayed, against its state', happened);
  if (left) world.leave(wish, 'left');
}

export function offered(world: World, happened: Offered): void {
  const wish = world.wishes.get(happened.entryId);
  if (wish === undefined) throw new ModelDiffersError('Offered to nobody who waits', happened);
  const cell = world.cell(wish.cellId);
  must(wish.state === 'waiting', 'Offered twice', happened);
  const before = world.queue
    .slice(0, world.queue.indexOf(wish))
    .filter((one) => one.cellId === wish.cellId)
    .filter((one) => takes(world, cell, one, happened.now));
  must(before.length === 0, `${before.map(({ id }) => id).join()} stand before it in the queue`, happened);
  const minutes = happened.to - happened.from;
  const possible = windowsFor(world, cell, wish, happened.now).filter(
    (window) => !world.overQuota(wish.accountId, cell, window, happened.now),
  );
  must(
    happened.from >= wish.earliest &&
      happened.to <= wish.latest &&
      minutes >= wish.leastMinutes &&
      minutes <= wish.minutes,
    'Offered what was not wished for',
    happened,
  );
  must(
    possible.every((window) => window.to - window.from <= minutes),
    'A longer part was free',
    happened,
  );
  const fits = placesFor(world, cell, happened, wish.family, happened.now, happened.stationId);
  must(fits.size === 1, 'Offered what is not free', happened);
  must(
    !world.overQuota(wish.accountId, cell, happened, happened.now),
    'Offered more than the quota has left',
    happened,
  );
  world.look('queue jumps');
  world.look('stolen holds');
  if (world.rules.weekly.has(cell.kind)) world.look('overdrawn quotas');
  world.leave(wish, 'offered');
  wish.bookingId = happened.bookingId;
  const credits = world.creditsOf(wish.accountId);
  const prepaid = wish.useCredits ? credits.payable(minutes, happened.from) : 0;
  world.look('overdrawn credits');
  must(happened.prepaidMinutes === prepaid, `Offered with other than ${String(prepaid)} prepaid`, happened);
  world.add({
    ...{ id: happened.bookingId, cellId: cell.cellId, stationId: happened.stationId, family: wish.family },
    ...{ from: happened.from, to: happened.to, accountId: wish.accountId, origin: 'waiting' },
    ...{ state: 'held', expiresAt: happened.expiresAt, extended: false },
    ...{ prepaid: prepaid > 0, work: 'not begun' },
  });
  credits.use(happened.bookingId, prepaid, happened.from);
}

export function nobodyJumps(world: World, cell: ModelCell, happened: Asked): void {
  const waiting = world.queue.filter((wish) => wish.cellId === cell.cellId && !wish.passedOver);
  world.look('queue jumps', waiting.length);
  const jumped = waiting.filter((wish) => takes(world, cell, wish, happened.now));
  must(jumped.length === 0, `Jumped the queue before ${jumped.map(({ id }) => id).join()}`, happened);
}
