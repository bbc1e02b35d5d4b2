import { Inject, Injectable } from '@nestjs/common';
import { Transactions, newId } from '../../platform/database/index.js';
import { InputRefused, NotFound, isUuid } from '../../platform/graphql/index.js';
import { PacksRepository } from '../packs.repository.js';
import {
  CreditPackCreated,
  type CreateCreditPackInput,
  type CreateCreditPackOutcome,
} from './create-credit-pack.types.js';

const HIGHEST_PRICE_MINOR = 100_000_000n;

/** Puts machine minutes on sale. */
@Injectable()
export class CreateCreditPack {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(PacksRepository) private readonly packs: PacksRepository,
  ) {}

  async run(input: CreateCreditPackInput): Promise<CreateCreditPackOutcome> {
    const { coopId, minutes, priceMinor, validDays } = input;
    if (!isUuid(coopId)) return new NotFound('co-op');
    const refused = refuse(input);
    if (refused !== null) return refused;
    const [id, name, cellKind] = [newId(), input.name.trim(), input.cellKind ?? null];
    return this.transactions.run<'CreditPackCreated', CreateCreditPackOutcome>(
      ['CreditPackCreated'],
      async (tx) => {
        await this.packs.insert(tx, coopId, {
          ...{ id, name, cellKind, minutes, priceMinor, validDays, retiredAt: null },
        });
        const pack = await this.packs.byId(tx, coopId, id);
        return pack === null ? new NotFound('co-op') : new CreditPackCreated(pack);
      },
    );
  }
}

function refuse({
  name,
  cellKind,
  minutes,
  priceMinor,
  validDays,
}: CreateCreditPackInput): InputRefused | null {
  const { length } = name.trim();
  if (length < 1 || length > 120)
    return new InputRefused('name', `name has ${String(length)} characters; give 1 to 120.`);
  if (typeof cellKind === 'string' && !/^[a-z][a-z0-9-]{0,31}$/.test(cellKind))
    return new InputRefused('cellKind', 'cellKind takes 1 to 32 lower case letters, digits and dashes.');
  if (minutes < 1 || minutes > 1_000_000)
    return new InputRefused('minutes', `minutes was ${String(minutes)}; give 1 to 1000000.`);
  if (priceMinor < 0n || priceMinor > HIGHEST_PRICE_MINOR)
    return new InputRefused('priceMinor', 'priceMinor takes 0 to 100000000 minor units.');
  return validDays >= 1 && validDays <= 1830
    ? null
    : new InputRefused('validDays', `validDays was ${String(validDays)}; give 1 to 1830.`);
}
