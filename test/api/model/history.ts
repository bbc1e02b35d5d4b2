import type { Minute } from './calendar.js';

/** A claim as an outcome shows it. */
export interface ShownBooking {
  readonly id: string;
  readonly state: string;
  readonly fromAt: string;
  readonly toAt: string;
  readonly family: string | null;
  readonly expiresAt: string | null;
  readonly station: { readonly id: string };
  readonly priceLines: readonly { readonly code: string; readonly minutes: number | null }[];
}

/** How many minutes of its window are prepaid. */
export const prepaidIn = ({ priceLines }: ShownBooking): number =>
  priceLines.reduce((sum, { code, minutes }) => sum + (code === 'credit' ? (minutes ?? 0) : 0), 0);

/** What the API answered: the fields of whichever outcome it was. */
export interface Outcome {
  readonly __typename: string;
  readonly sequence?: string | null;
  readonly message?: string;
  readonly booking?: ShownBooking;
  readonly series?: { readonly bookings: readonly ShownBooking[] };
  readonly moved?: readonly ShownBooking[];
  readonly left?: readonly { readonly booking: ShownBooking }[];
  readonly entry?: { readonly id: string };
  readonly closure?: { readonly id: string };
}

/** What a claim, or a wish for one, names. */
export interface Place {
  readonly cellId: string;
  readonly from: Minute;
  readonly to: Minute;
  readonly family: string | null;
  readonly useCredits: boolean;
}

/** What may be asked about a claim that is there. */
export type Change = 'extend' | 'confirm' | 'release' | 'cancel' | 'noShow';

/** One thing that a client asked for. */
export type Action =
  | ({ readonly kind: 'hold'; readonly stationId: string | null } & Place)
  | { readonly kind: Change | 'checkIn' | 'checkOut'; readonly bookingId: string }
  | { readonly kind: 'reschedule'; readonly bookingId: string; readonly from: Minute; readonly to: Minute }
  | ({ readonly kind: 'series'; readonly weeks: number } & Place)
  | ({ readonly kind: 'join'; readonly minutes: number; readonly leastMinutes: number } & Place)
  | { readonly kind: 'leave'; readonly entryId: string }
  | { readonly kind: 'takeOut'; readonly stationId: string; readonly from: Minute; readonly to: Minute }
  | { readonly kind: 'return'; readonly closureId: string };

/** Something that happened, with its number; `now` in epoch milliseconds. */
export type Happened =
  | {
      readonly kind: 'asked';
      readonly sequence: bigint;
      readonly now: number;
      readonly accountId: string;
      readonly action: Action;
      readonly outcome: Outcome;
    }
  | {
      readonly kind: 'offered';
      readonly sequence: bigint;
      readonly now: number;
      readonly bookingId: string;
      readonly entryId: string;
      readonly stationId: string;
      readonly from: Minute;
      readonly to: Minute;
      readonly expiresAt: number;
      readonly prepaidMinutes: number;
    }
  | {
      readonly kind: 'lapsed' | 'checked_in' | 'checked_out';
      readonly sequence: bigint;
      readonly now: number;
      readonly bookingId: string;
      /** Ended in the transaction of somebody else's request. */
      readonly byStranger: boolean;
    };

/** Thrown when the history cannot have happened one thing after the other. */
export class ModelDiffersError extends Error {
  override readonly name = 'ModelDiffersError';

  constructor(what: string, happened: Happened) {
    super(
      `${what}, at ${String(happened.sequence)}: ${JSON.stringify(happened, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))}`,
    );
  }
}

export type Asked = Extract<Happened, { readonly kind: 'asked' }>;
export type Offered = Extract<Happened, { readonly kind: 'offered' }>;
export type Noted = Exclude<Happened, Asked | Offered>;

/** What must hold for the history to be one of the model's. */
export function must(holds: boolean, what: string, happened: Happened): void {
  if (!holds) throw new ModelDiffersError(what, happened);
}
