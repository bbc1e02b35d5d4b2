import { Inject, Injectable } from '@nestjs/common';
import { accountOf, type Actor } from '../platform/auth/index.js';
import { Database, type Queryable } from '../platform/database/index.js';
import { ProviderBrandsRepository } from './provider-brands.repository.js';

/** On whose behalf somebody acts: a co-op, a brand, or a brand and the co-op of one that it is. */
export interface Party {
  /** The person or brand that calls. */
  readonly accountId: string;
  readonly coopId: string | null;
  readonly brandId: string | null;
}

/** Whose purchase or quote it is. */
export interface Bought {
  readonly coopId: string;
  readonly buyerCoopId: string | null;
  readonly buyerBrandId: string | null;
}

export type Side = 'provider' | 'buyer';

/**
 * On which side of a quote or an order a party stands; null for a stranger. What was bought for a co-op is that co-op's
 * alone: the brand that bought it may act for another by now.
 */
export function sideOf({ coopId, buyerCoopId, buyerBrandId }: Bought, party: Party): Side | null {
  if (party.coopId === coopId) return 'provider';
  if (buyerCoopId !== null) return party.coopId === buyerCoopId ? 'buyer' : null;
  return party.brandId !== null && party.brandId === buyerBrandId ? 'buyer' : null;
}

/** Finds out for whom a caller acts. */
@Injectable()
export class Parties {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ProviderBrandsRepository) private readonly brands: ProviderBrandsRepository,
  ) {}

  /** Null when a brand names a co-op that it does not act for. Whether a person may act for a co-op is checked before. */
  async of(actor: Actor, coopId: string | null | undefined): Promise<Party | null> {
    const accountId = accountOf(actor);
    if (actor.kind === 'Person') return { accountId, coopId: coopId ?? null, brandId: null };
    const own = await this.coopOf(this.database, accountId);
    if (coopId !== null && coopId !== undefined && coopId.toLowerCase() !== own) return null;
    return { accountId, coopId: own, brandId: accountId };
  }

  private coopOf(q: Queryable, brandId: string): Promise<string | null> {
    return this.brands.coopOf(q, brandId);
  }
}
