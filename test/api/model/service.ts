import { minuteOf, overlap } from './calendar.js';
import { must, type Action, type Asked } from './history.js';
import { lookOver } from './queue.js';
import { marginalOn } from './places.js';
import type { World } from './world.js';

export function takeOut(world: World, happened: Asked, action: Extract<Action, { kind: 'takeOut' }>): void {
  const { outcome, now } = happened;
  const { stationId, from, to } = action;
  const { open } = world.station(stationId);
  const out = open.isClosedIn(action);
  if (outcome.__typename !== 'StationTakenOut') {
    must(out || to * 60_000 <= now, 'Not taken out for nothing', happened);
    return;
  }
  must(!out, 'Taken out twice', happened);
  for (const { id } of (outcome.left ?? []).map((left) => left.booking)) world.stranded.add(id);
  open.close({ closureId: outcome.closure?.id ?? '', from, to });
  world.station(stationId).touched = true;
  const moved = (outcome.moved ?? []).map(({ id, station }) => ({
    claim: world.mustHave(id),
    to: station.id,
  }));
  for (const { claim, to: siblingId } of moved) {
    const fits = marginalOn(world, world.cell(claim.cellId), siblingId, claim, claim.family, now);
    must(fits !== null, `Moved ${claim.id} to where it does not fit`, happened);
    must(claim.work === 'not begun', `Moved ${claim.id}, on which work has begun`, happened);
    world.moveTo(claim, siblingId);
  }
  const inside = world
    .liveOn(stationId, now)
    .filter((claim) => overlap(claim, action) && claim.to * 60_000 > now && !world.stranded.has(claim.id));
  must(inside.length === 0, `${inside.map(({ id }) => id).join()} stand on it unmentioned`, happened);
  const cell = world.cells.find(({ stationIds }) => stationIds.includes(stationId));
  if (cell) lookOver(world, cell.cellId, now);
}

export function returned(world: World, happened: Asked, closureId: string): void {
  const { outcome, now } = happened;
  const station = [...world.stations.values()].find(({ open }) => open.reopen(closureId, minuteOf(now)));
  if (outcome.__typename !== 'StationReturned') {
    must(station === undefined, 'Not returned for nothing', happened);
    return;
  }
  must(station !== undefined, 'Returned what was not out', happened);
  const cell = world.cells.find(({ stationIds }) => station && stationIds.includes(station.stationId));
  if (cell) lookOver(world, cell.cellId, now);
}
