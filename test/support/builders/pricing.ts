import { randomUUID } from 'node:crypto';
import { NO_TARIFF, type Tariff } from '@touchmark/pricing';
import type { TestApp } from '../app.js';
import type { TestPerson } from './membership.js';
import type { TestCell } from './workshops.js';

export interface TariffAnswer {
  readonly __typename: string;
  readonly message?: string;
  readonly field?: string;
  readonly row?: number;
  readonly floorPercent?: number;
  readonly ceilingPercent?: number;
  readonly version?: { readonly id: string; readonly cellId: string | null; readonly validFrom: string };
}

export const SET_TARIFF = `mutation ($input: SetTariffInput!) { setTariff(input: $input) {
  __typename ... on Refusal { message } ... on InputRefused { field } ... on BandsOverlap { row }
  ... on FloorAboveCeiling { floorPercent ceilingPercent }
  ... on TariffSet { version { id cellId validFrom setAt setBy tariff { peerPercent } } } } }`;

/** Asks to set a tariff: what is not named is as without one. */
export async function askForTariff(
  app: Pick<TestApp, 'gql'>,
  who: Pick<TestPerson, 'token'>,
  input: { readonly coopId: string; readonly cellId?: string; readonly validFrom?: string },
  tariff: Partial<Tariff> | null,
): Promise<TariffAnswer> {
  const whole = tariff === null ? null : { ...NO_TARIFF, ...tariff };
  const variables = { input: { ...input, tariff: whole } };
  return (await app.gql<{ setTariff: TariffAnswer }>(SET_TARIFF, variables, { token: who.token })).setTariff;
}

/** A tariff that must be set. */
export async function aTariff(...args: Parameters<typeof askForTariff>): Promise<void> {
  const answer = await askForTariff(...args);
  if (answer.version === undefined) throw new Error(`Expected a tariff, got ${JSON.stringify(answer)}.`);
}

/** How a past booking differs from a confirmed one of two days ahead, at 24.00 an hour on the first station. */
export interface PastBooking {
  readonly station?: number;
  readonly state?: 'confirmed' | 'cancelled' | 'held' | 'no_show';
  readonly heldAt?: string;
  readonly priceMinor?: bigint;
  readonly lines?: readonly { code: string; label: string; minutes: number | null; amountMinor: string }[];
}

const DAY_MS = 86_400_000;

/** A booking as the product leaves it behind, also where nobody could book any more because it is past. */
export async function aPastBooking(
  app: Pick<TestApp, 'database'>,
  cell: TestCell,
  who: Pick<TestPerson, 'accountId'>,
  [fromAt, toAt]: readonly [fromAt: string, toAt: string],
  { station = 0, state = 'confirmed', heldAt, priceMinor, lines = [] }: PastBooking,
): Promise<void> {
  const made = new Date(heldAt ?? Date.parse(fromAt) - 2 * DAY_MS);
  const price = priceMinor ?? (BigInt(Date.parse(toAt) - Date.parse(fromAt)) * 2400n) / 3_600_000n;
  await app.database.query(
    `insert into booking (coop_id, workshop_id, cell_id, station_id, account_id, state, during, claim, price_minor, price_lines,
       charged_minor, currency, held_at, expires_at, confirmed_at, ended_at)
     select coop_id, $2, cell_id, id, $3, $4, tstzrange($5, $6), tstzrange($5, $6), $7, $8, 0, 'EUR', $9::timestamptz,
       $9::timestamptz + interval '15 minutes', case when $4 <> 'held' then $9::timestamptz end,
       case when $4 in ('cancelled', 'no_show') then $9::timestamptz end
       from station where coop_id = $1 and id = $10`,
    [
      ...[
        cell.coopId,
        cell.workshopId,
        who.accountId,
        state,
        fromAt,
        toAt,
        price,
        JSON.stringify(lines),
        made,
      ],
      cell.stationIds[station],
    ],
  );
}

export interface PricedBooking {
  readonly priceMinor: string;
  readonly chargedMinor: string;
  readonly priceLines: readonly { code: string; minutes: number | null; amountMinor: string }[];
}

/** What a booking costs, as its member sees it. */
export async function pricedBooking(
  app: Pick<TestApp, 'gql'>,
  { token }: Pick<TestPerson, 'token'>,
  coopId: string,
  id: string,
): Promise<PricedBooking> {
  const query = `query ($coopId: ID!, $id: ID!) { booking(coopId: $coopId, id: $id) {
    priceMinor chargedMinor priceLines { code minutes amountMinor } } }`;
  return (await app.gql<{ booking: PricedBooking }>(query, { coopId, id }, { token })).booking;
}

/** The lines of a price, each as its code, minutes and amount. */
export const linesOf = ({ priceLines }: PricedBooking): unknown[] =>
  priceLines.map(({ code, minutes, amountMinor }) => [code, minutes, amountMinor]);

/** What the ledger says that the member owes for a booking. */
export async function owedFor(
  app: Pick<TestApp, 'database'>,
  coopId: string,
  bookingId: string,
): Promise<string> {
  const [row] = await app.database.query<{ sum: string }>(
    `select coalesce(sum(amount_minor), 0)::text as sum from ledger_entry as entry
       join ledger_transaction as posted on posted.coop_id = entry.coop_id and posted.id = entry.transaction_id
      where posted.coop_id = $1 and posted.reference = $2 and entry.account = 'member_receivable'`,
    [coopId, bookingId],
  );
  return row?.sum ?? 'nothing';
}

/** A booking moved to another window, which must succeed. */
export async function aMove(
  app: Pick<TestApp, 'gql'>,
  { token }: Pick<TestPerson, 'token'>,
  coopId: string,
  bookingId: string,
  [fromAt, toAt]: readonly [string, string],
  more: object = {},
): Promise<{ readonly id: string; readonly priceMinor: string }> {
  const query = `mutation ($input: RescheduleBookingInput!) { rescheduleBooking(input: $input) {
    __typename ... on Refusal { message } ... on BookingRescheduled { booking { id priceMinor } } } }`;
  const input = { coopId, bookingId, requestId: randomUUID(), fromAt, toAt, ...more };
  const { rescheduleBooking } = await app.gql<{
    rescheduleBooking: { readonly booking?: { readonly id: string; readonly priceMinor: string } };
  }>(query, { input }, { token });
  if (rescheduleBooking.booking === undefined)
    throw new Error(`Expected a move, got ${JSON.stringify(rescheduleBooking)}.`);
  return rescheduleBooking.booking;
}
