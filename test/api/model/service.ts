import { overlap } from './calendar.js';
import { must, type Action, type Asked } from './history.js';
import { lookOver } from './queue.js';
import type { World } from './world.js';

export function takeOut(world: World, happened: Asked, action: Extract<Action, { kind: 'takeOut' }>): void {
  const { outcome, now } = happened;
  const { stationId, from, to } = action;
  const out = world.closed.some((one) => one.stationId === stationId && overlap(one, action));
  if (outcome.__typename !== 'StationTakenOut') {
    must(out || to * 60_000 <= now, 'Not taken out for nothing', happened);
    return;
  }
  must(!out, 'Taken out twice', happened);
  for (const { id } of (outcome.left ?? []).map((left) => left.booking)) world.stranded.add(id);
  // Off the station first, all of them: what one leaves another may take.
  for (const booking of outcome.moved ?? []) world.mustHave(booking.id).stationId = 'nowhere';
  world.closed.push({ closureId: outcome.closure?.id ?? '', stationId, from, to });
  for (const booking of outcome.moved ?? []) {
    const claim = world.mustHave(booking.id);
    const fits = world.marginalOn(world.cell(claim.cellId), booking.station.id, claim, claim.family, now);
    must(fits !== null, `Moved ${booking.id} to where it does not fit`, happened);
    claim.stationId = booking.station.id;
  }
  const inside = world
    .liveOn(stationId, now)
    .filter((claim) => overlap(claim, action) && claim.to * 60_000 > now && !world.stranded.has(claim.id));
  must(inside.length === 0, `${inside.map(({ id }) => id).join()} stand on it unmentioned`, happened);
  const cell = world.cells.find(({ stationIds }) => stationIds.includes(stationId));
  if (cell) lookOver(world, cell.cellId, now);
}

export function returned(world: World, happened: Asked, closureId: string): void {
  const index = world.closed.findIndex((one) => one.closureId === closureId);
  if (happened.outcome.__typename !== 'StationReturned') {
    must(index < 0, 'Not returned for nothing', happened);
    return;
  }
  must(index >= 0, 'Returned what was not out', happened);
  const [closed] = world.closed.splice(index, 1);
  const cell = world.cells.find(({ stationIds }) => closed && stationIds.includes(closed.stationId));
  if (cell) lookOver(world, cell.cellId, happened.now);
}
