import { describe, expect, it } from '@jest/globals';
import { decideCheckIn } from './check-in.js';

const fromAt = Date.UTC(2026, 10, 2, 9);
const quarter = 15 * 60_000;

describe('a check-in', () => {
  it('is allowed from the very millisecond 15 minutes before the window', () => {
    expect(decideCheckIn({ now: fromAt - quarter, fromAt }).kind).toBe('CheckInAllowed');
    expect(decideCheckIn({ now: fromAt - quarter - 1, fromAt })).toMatchObject({
      kind: 'TooEarly',
      opensAt: fromAt - quarter,
    });
  });

  it('may be late', () => {
    expect(decideCheckIn({ now: fromAt + 86_400_000, fromAt }).kind).toBe('CheckInAllowed');
  });

  it('says from when on it is allowed', () => {
    expect(decideCheckIn({ now: 0, fromAt })).toMatchObject({
      message: expect.stringContaining('2026-11-02T08:45:00.000Z'),
    });
  });
});
