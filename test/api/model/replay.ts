import { change, hold, reschedule, series } from './claims.js';
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
    if (happened.kind === 'offered') offered(world, happened);
    else asked(world, happened);
    const name = happened.kind === 'offered' ? 'Offered' : happened.outcome.__typename;
    this.counted.set(name, (this.counted.get(name) ?? 0) + 1);
    const close = world.tooClose(happened.now);
    if (close.length > 0) throw new ModelDiffersError(`Too close: ${close.join('; ')}`, happened);
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
  }
}
