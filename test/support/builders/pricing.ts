import { NO_TARIFF, type Tariff } from '@touchmark/pricing';
import type { TestApp } from '../app.js';
import type { TestPerson } from './membership.js';

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
