/** Sums of bookings as they were priced and as they would have been. */
export interface Sums {
  readonly bookings: number;
  readonly dearerBookings: number;
  readonly nowMinor: bigint;
  readonly thenMinor: bigint;
  readonly deltaMinor: bigint;
}

/** One booking, priced both ways. */
export interface PricedTwice {
  readonly accountId: string;
  readonly memberClass: string;
  readonly nowMinor: bigint;
  readonly thenMinor: bigint;
}

export interface WeekTally extends Sums {
  readonly weekOf: string;
  readonly bookedMinutes: number;
  readonly openMinutes: number;
}

export interface MemberTally extends Sums {
  readonly accountId: string;
  readonly memberClass: string;
}

const NOTHING: Sums = { bookings: 0, dearerBookings: 0, nowMinor: 0n, thenMinor: 0n, deltaMinor: 0n };

function added(sums: Sums, { nowMinor, thenMinor }: PricedTwice): Sums {
  return {
    bookings: sums.bookings + 1,
    dearerBookings: sums.dearerBookings + (thenMinor > nowMinor ? 1 : 0),
    nowMinor: sums.nowMinor + nowMinor,
    thenMinor: sums.thenMinor + thenMinor,
    deltaMinor: sums.deltaMinor + thenMinor - nowMinor,
  };
}

/** Adds up a simulation booking by booking, so that no booking need be kept. */
export class Tally {
  private whole = NOTHING;
  private readonly byWeek = new Map<string, WeekTally>();
  private readonly byMember = new Map<string, MemberTally>();

  addBooking(weekOf: string, booking: PricedTwice): void {
    const { accountId, memberClass } = booking;
    this.whole = added(this.whole, booking);
    const week = this.weekOf(weekOf);
    this.byWeek.set(weekOf, { ...week, ...added(week, booking) });
    const member = this.byMember.get(accountId) ?? { ...NOTHING, accountId, memberClass };
    this.byMember.set(accountId, { ...member, ...added(member, booking) });
  }

  addMinutes(weekOf: string, bookedMinutes: number, openMinutes: number): void {
    const week = this.weekOf(weekOf);
    this.byWeek.set(weekOf, {
      ...week,
      bookedMinutes: week.bookedMinutes + bookedMinutes,
      openMinutes: week.openMinutes + openMinutes,
    });
  }

  get sums(): Sums {
    return this.whole;
  }

  /** By date; of weeks with the same Monday in several zones there is one. */
  get weeks(): WeekTally[] {
    return [...this.byWeek.values()].sort((a, b) => (a.weekOf < b.weekOf ? -1 : 1));
  }

  /** Whose bill rises most first, then by id. */
  get members(): MemberTally[] {
    return [...this.byMember.values()].sort((a, b) =>
      a.deltaMinor === b.deltaMinor
        ? a.accountId < b.accountId
          ? -1
          : 1
        : a.deltaMinor > b.deltaMinor
          ? -1
          : 1,
    );
  }

  private weekOf(weekOf: string): WeekTally {
    return this.byWeek.get(weekOf) ?? { ...NOTHING, weekOf, bookedMinutes: 0, openMinutes: 0 };
  }
}

/** The members of each class together, by the name of the class. */
export function byClass(
  members: readonly MemberTally[],
): (Sums & { memberClass: string; members: number; membersPayingMore: number })[] {
  return [...Map.groupBy(members, ({ memberClass }) => memberClass)]
    .map(([memberClass, of]) => ({
      memberClass,
      members: of.length,
      membersPayingMore: of.filter(({ deltaMinor }) => deltaMinor > 0n).length,
      bookings: of.reduce((sum, each) => sum + each.bookings, 0),
      dearerBookings: of.reduce((sum, each) => sum + each.dearerBookings, 0),
      nowMinor: of.reduce((sum, each) => sum + each.nowMinor, 0n),
      thenMinor: of.reduce((sum, each) => sum + each.thenMinor, 0n),
      deltaMinor: of.reduce((sum, each) => sum + each.deltaMinor, 0n),
    }))
    .sort((a, b) => (a.memberClass < b.memberClass ? -1 : 1));
}
