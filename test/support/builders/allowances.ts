import { randomUUID } from 'node:crypto';
import { BuyCredits } from '../../../apps/api/src/allowances/buy-credits/buy-credits.js';
import { CreateCreditPack } from '../../../apps/api/src/allowances/create-credit-pack/create-credit-pack.js';
import type { CreateCreditPackInput } from '../../../apps/api/src/allowances/create-credit-pack/create-credit-pack.types.js';
import { SetQuotas } from '../../../apps/api/src/allowances/set-quotas/set-quotas.js';
import type { QuotaInput } from '../../../apps/api/src/allowances/set-quotas/set-quotas.types.js';
import type { Product, TestCoop, TestPerson } from './membership.js';

/** Makes these all the quota rules of a co-op. */
export async function quotas(
  app: Product,
  { coopId }: Pick<TestCoop, 'coopId'>,
  rules: QuotaInput[],
): Promise<void> {
  const outcome = await app.nest.get(SetQuotas, { strict: false }).run({ coopId, quotas: rules });
  if (outcome.kind !== 'QuotasSet') throw new Error(`Expected QuotasSet, got ${JSON.stringify(outcome)}.`);
}

/** A pack of ten hours on any cell for 100.00 that is valid for 30 days. */
export async function aCreditPack(
  app: Product,
  { coopId }: Pick<TestCoop, 'coopId'>,
  overrides: Partial<CreateCreditPackInput> = {},
): Promise<string> {
  const outcome = await app.nest.get(CreateCreditPack, { strict: false }).run({
    ...{ coopId, name: 'Ten hours', minutes: 600, priceMinor: 10_000n, validDays: 30 },
    ...overrides,
  });
  if (outcome.kind !== 'CreditPackCreated')
    throw new Error(`Expected CreditPackCreated, got ${outcome.kind}.`);
  return outcome.pack.id;
}

/** A pack that the person has bought; returns the id of the grant. */
export async function someCredits(
  app: Product,
  { coopId }: Pick<TestCoop, 'coopId'>,
  { accountId }: Pick<TestPerson, 'accountId'>,
  packId: string,
): Promise<string> {
  const outcome = await app.nest
    .get(BuyCredits, { strict: false })
    .run(accountId, { coopId, packId, requestId: randomUUID() });
  if (outcome.kind !== 'CreditsBought') throw new Error(`Expected CreditsBought, got ${outcome.kind}.`);
  return outcome.credits.id;
}
