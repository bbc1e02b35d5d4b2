import { describe, expect, it } from '@jest/globals';
import { decideClose } from './close.js';

const closesAt = Date.UTC(2026, 10, 8, 9);
const drop = { now: closesAt, state: 'open', closesAt, minimumUnits: 10, unitsSold: 10 } as const;

describe('closing a drop', () => {
  it('locks the run when the minimum is met exactly', () => {
    expect(decideClose(drop)).toEqual({ kind: 'RunLocked' });
  });

  it('refunds everyone when one unit is missing', () => {
    expect(decideClose({ ...drop, unitsSold: 9 })).toEqual({ kind: 'AllRefunded' });
  });

  it('makes nothing when nobody bought, also without a minimum', () => {
    expect(decideClose({ ...drop, minimumUnits: 0, unitsSold: 0 })).toEqual({ kind: 'AllRefunded' });
  });

  it('waits until the very moment of the closing time', () => {
    expect(decideClose({ ...drop, now: closesAt - 1 })).toEqual({ kind: 'NotDue' });
  });

  it.each(['opening', 'locked', 'refunded'] as const)('leaves a drop alone that is %s', (state) => {
    expect(decideClose({ ...drop, state })).toEqual({ kind: 'NotDue' });
  });
});
