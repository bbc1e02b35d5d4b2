import { Inject, Injectable } from '@nestjs/common';
import { type Hex, editionId } from '@touchmark/certificates';
import { keccak256, toBytes } from 'viem';
import type { Queryable } from '../platform/database/index.js';
import { IssuerKeysRepository } from './issuer-keys.repository.js';
import { type Issuer, IssuersRepository } from './issuers.repository.js';

/** The names that a work and a run of it have on chain: the hashes of their ids. */
export function editionKeys(workId: string, ourEditionId: string): { readonly work: Hex; readonly run: Hex } {
  return { work: keccak256(toBytes(workId)), run: keccak256(toBytes(ourEditionId)) };
}

/** What other features may ask about issuers. */
@Injectable()
export class Issuers {
  constructor(
    @Inject(IssuersRepository) private readonly issuers: IssuersRepository,
    @Inject(IssuerKeysRepository) private readonly keys: IssuerKeysRepository,
  ) {}

  /** The co-op's issuer; null until it was set up. */
  of(q: Queryable, coopId: string): Promise<Issuer | null> {
    return this.issuers.load(q, coopId);
  }

  /** The addresses whose signatures under its certificates count now. */
  signersInForce(q: Queryable, coopId: string): Promise<Hex[]> {
    return this.keys.signersInForce(q, coopId);
  }

  /** The issuer of ours with this address, if any. */
  byAddress(q: Queryable, address: Hex): Promise<Issuer | null> {
    return this.issuers.byAddress(q, address.toLowerCase());
  }

  /** The issuers of ours that name this domain on chain, and with `others` the rest of them after those; at most 500. */
  namedBy(q: Queryable, domain: string, others: boolean): Promise<Issuer[]> {
    return this.issuers.byDomain(q, domain.toLowerCase(), others);
  }

  /** The number (uint64) that an edition of ours has on chain under its issuer. */
  editionOn(issuer: Issuer, workId: string, ourEditionId: string): bigint {
    const { work, run } = editionKeys(workId, ourEditionId);
    return editionId(issuer.address, work, run);
  }
}
