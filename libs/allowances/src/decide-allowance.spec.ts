import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  decideAllowance,
  minutesLeft,
  quotaUses,
  type Allowance,
  type AllowanceRequest,
  type CreditGrant,
  type MemberClaim,
} from './index.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
// A Monday, 09:00 in Berlin.
const MONDAY = Date.parse('2026-11-23T08:00:00Z');
const zone = 'Europe/Berlin';

const nobody: Allowance = { rules: [], claims: [], grants: [] };
const asked = (
  fromAt: number,
  minutes: number,
  change: Partial<AllowanceRequest> = {},
): AllowanceRequest => ({
  ...{ zone, cellKind: 'print', window: { fromAt, toAt: fromAt + minutes * 60_000 } },
  ...{ useCredits: true, now: MONDAY - DAY },
  ...change,
});
const claim = (fromAt: number, minutes: number, change: Partial<MemberClaim> = {}): MemberClaim => ({
  ...{ cellKind: 'print', zone, fromAt, toAt: fromAt + minutes * 60_000, expiresAt: null },
  ...change,
});
const grant = (
  id: string,
  minutes: number,
  expiresAt: number,
  change: Partial<CreditGrant> = {},
): CreditGrant => ({
  ...{ id, cellKind: null, minutes, spentMinutes: 0, expiresAt, reserved: [] },
  ...change,
});
const weekly = (minutes: number, cellKind: string | null = 'print') =>
  ({ cellKind, period: 'week', minutes }) as const;

describe('the decision on an allowance', () => {
  it('accepts what no rule limits, without credits unless they are asked for', () => {
    const own = { ...nobody, grants: [grant('a', 60, MONDAY + DAY)] };
    expect(decideAllowance(own, asked(MONDAY, 60, { useCredits: false }))).toEqual({
      ...{ kind: 'AllowanceAccepted', creditUses: [], creditMinutes: 0 },
    });
  });

  it('accepts to the last minute of a quota and refuses one more, saying what is used and until when', () => {
    const own = { ...nobody, rules: [weekly(120)], claims: [claim(MONDAY, 60)] };
    expect(decideAllowance(own, asked(MONDAY + DAY, 60)).kind).toBe('AllowanceAccepted');
    expect(decideAllowance(own, asked(MONDAY + DAY, 61))).toMatchObject({
      ...{ kind: 'QuotaExceeded', limitMinutes: 120, usedMinutes: 60, period: 'week', cellKind: 'print' },
      ...{ fromAt: MONDAY - 9 * HOUR, toAt: MONDAY - 9 * HOUR + 7 * DAY },
      message:
        'Your quota on print is 120 minutes a week; 60 are left and 61 were asked for. Ask for less, or for a day after this week.',
    });
  });

  it('counts a claim in the period in which it starts, and each week anew', () => {
    const sunday = MONDAY - 10 * HOUR;
    const own = { ...nobody, rules: [weekly(60)], claims: [claim(sunday, 60)] };
    expect(quotaUses(own, zone, sunday, sunday)[0]?.usedMinutes).toBe(60);
    expect(decideAllowance(own, asked(MONDAY, 60)).kind).toBe('AllowanceAccepted');
  });

  it('stops counting a hold from the very moment that it lapses', () => {
    const own = { ...nobody, rules: [weekly(60)], claims: [claim(MONDAY, 60, { expiresAt: MONDAY - HOUR })] };
    const at = (now: number): string => decideAllowance(own, asked(MONDAY + DAY, 60, { now })).kind;
    expect([at(MONDAY - HOUR - 1), at(MONDAY - HOUR)]).toEqual(['QuotaExceeded', 'AllowanceAccepted']);
  });

  it('counts all kinds together under a rule without a kind, and only its own under one with', () => {
    const own = {
      ...nobody,
      rules: [weekly(90), weekly(150, null)],
      claims: [claim(MONDAY, 90, { cellKind: 'cut' })],
    };
    expect(decideAllowance(own, asked(MONDAY, 60)).kind).toBe('AllowanceAccepted');
    expect(decideAllowance(own, asked(MONDAY, 61))).toMatchObject({ cellKind: null, usedMinutes: 90 });
    expect(decideAllowance(own, asked(MONDAY, 60, { cellKind: 'cut' })).kind).toBe('AllowanceAccepted');
  });

  it("counts a claim in another workshop by that workshop's own clocks", () => {
    // Sunday evening in New York is Monday in Berlin.
    const own = {
      ...nobody,
      rules: [weekly(60)],
      claims: [claim(MONDAY - 6 * HOUR, 60, { zone: 'America/New_York' })],
    };
    expect(decideAllowance(own, asked(MONDAY, 60)).kind).toBe('AllowanceAccepted');
    expect(decideAllowance(own, asked(MONDAY - DAY, 60))).toMatchObject({ usedMinutes: 60 });
  });

  it('uses the credits that expire first, skips other kinds and what has expired at the start, and takes what there is', () => {
    const grants = [
      grant('late', 60, MONDAY + 9 * DAY),
      grant('soon', 25, MONDAY + DAY, { spentMinutes: 5 }),
      grant('over', 60, MONDAY),
      grant('other', 60, MONDAY + DAY, { cellKind: 'cut' }),
      grant('held', 30, MONDAY + 2 * DAY, { reserved: [{ minutes: 30, expiresAt: MONDAY }] }),
    ];
    expect(decideAllowance({ ...nobody, grants }, asked(MONDAY, 90))).toEqual({
      kind: 'AllowanceAccepted',
      creditUses: [
        { grantId: 'soon', minutes: 20 },
        { grantId: 'late', minutes: 60 },
      ],
      creditMinutes: 80,
    });
  });

  it('never overdraws a quota or a grant under any sequence of holds, lapses, confirmations and returns', () => {
    const step = fc.record({
      what: fc.constantFrom('hold', 'hold', 'hold', 'confirm', 'cancel', 'wait'),
      minutes: fc.integer({ min: 1, max: 8 }).map((quarter) => quarter * 15),
      day: fc.integer({ min: 0, max: 12 }),
      pick: fc.nat(),
      cellKind: fc.constantFrom('print', 'cut'),
    });
    const limits = fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 400 }));
    fc.assert(
      fc.property(limits, fc.array(step, { maxLength: 60 }), ([print, all], steps) => {
        const rules = [weekly(print), weekly(all, null)];
        let now = MONDAY - DAY;
        let held: { claim: MemberClaim; uses: readonly { grantId: string; minutes: number }[] }[] = [];
        const grants = (): CreditGrant[] =>
          [grant('a', 100, MONDAY + 5 * DAY), grant('b', 200, MONDAY + 12 * DAY, { cellKind: 'print' })].map(
            (one) => ({
              ...one,
              spentMinutes: minutesOf(one.id, true),
              reserved: held.flatMap(({ claim: { expiresAt }, uses }) =>
                uses
                  .filter((use) => use.grantId === one.id && expiresAt !== null)
                  .map((use) => ({ minutes: use.minutes, expiresAt: expiresAt ?? 0 })),
              ),
            }),
          );
        const minutesOf = (id: string, confirmed: boolean): number =>
          held
            .filter((one) => (one.claim.expiresAt === null) === confirmed)
            .flatMap((one) => one.uses.filter((use) => use.grantId === id))
            .reduce((sum, use) => sum + use.minutes, 0);
        for (const { what, minutes, day, pick, cellKind } of steps) {
          const own: Allowance = { rules, claims: held.map((one) => one.claim), grants: grants() };
          const request = asked(MONDAY + day * DAY, minutes, { cellKind, now });
          const decision = decideAllowance(own, request);
          const picked = held[pick % Math.max(held.length, 1)];
          if (what === 'wait') now += 10 * 60_000;
          else if (what === 'hold' && decision.kind === 'AllowanceAccepted') {
            const made = { ...request.window, cellKind, zone, expiresAt: now + 15 * 60_000 };
            held = [...held, { claim: made, uses: decision.creditUses }];
          } else if (what === 'cancel') held = held.filter((one) => one !== picked);
          else if (what === 'confirm' && picked !== undefined && now < (picked.claim.expiresAt ?? 0))
            held = held.map((one) =>
              one === picked ? { ...one, claim: { ...one.claim, expiresAt: null } } : one,
            );
          const after: Allowance = { rules, claims: held.map((one) => one.claim), grants: grants() };
          for (const at of [MONDAY, MONDAY + 7 * DAY])
            for (const use of quotaUses(after, zone, at, now))
              expect(use.usedMinutes).toBeLessThanOrEqual(use.limitMinutes);
          for (const one of after.grants) expect(minutesLeft(one, now)).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});
