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
