import { change, noted } from './changes.js';
import { hold, reschedule, series } from './claims.js';
import { ModelDiffersError, type Asked, type Happened } from './history.js';
import { returned, takeOut } from './service.js';
import { join, leave, offered } from './waiting.js';
import type { World } from './world.js';

/** Replays what happened, one thing after the other, and says where the product and the model part. */
export class Replay {
  /** How often each outcome came about. */
  readonly counted = new Map<string, number>();

  constructor(readonly world: World) {}

  apply(happened: Happened): void {
    const { world } = this;
    world.advance(happened.now);
    if (happened.kind === 'asked') asked(world, happened);
    else if (happened.kind === 'offered') offered(world, happened);
    else noted(world, happened);
    this.count(happened.kind === 'asked' ? happened.outcome.__typename : happened.kind);
    if ('byStranger' in happened && happened.byStranger) this.count('lapse found by a stranger');
    this.keepsDistance(happened, false);
  }

  /** Looks at all pairs of neighbours, also on stations that nothing has happened to. */
  keepsDistance(last: Happened, everywhere = true): void {
    const close = this.world.tooClose(last.now, everywhere);
    if (close.length > 0) throw new ModelDiffersError(`Too close: ${close.join('; ')}`, last);
  }

  private count(name: string): void {
    this.counted.set(name, (this.counted.get(name) ?? 0) + 1);
  }
}

function asked(world: World, happened: Asked): void {
  const { action } = happened;
  switch (action.kind) {
    case 'hold':
      hold(world, happened, action);
      break;
    case 'extend':
    case 'confirm':
    case 'release':
    case 'cancel':
    case 'noShow':
      change(world, happened, action.kind, action.bookingId);
      break;
    case 'reschedule':
      reschedule(world, happened, action);
      break;
    case 'series':
      series(world, happened, action);
      break;
    case 'join':
      join(world, happened, action);
      break;
    case 'leave':
      leave(world, happened, action.entryId);
      break;
    case 'takeOut':
      takeOut(world, happened, action);
      break;
    case 'return':
      returned(world, happened, action.closureId);
      break;
    case 'checkIn':
    case 'checkOut':
      throw new ModelDiffersError('A check-in has no number of its own; its event has', happened);
  }
}
