import { createHmac, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.js';
import { networkOf } from '../../platform/limits/index.js';
import { ScansRepository } from '../scans.repository.js';

const KEY_BYTES = 32;
const HASH_BYTES = 8;
// What geographic databases write where they know of no country, or only of a network that hides it.
const NO_PLACE = new Set(['XX', 'ZZ', 'AP', 'EU']);

/** The country in a header that the proxy in front writes, such as DE or DE-BE; empty when there is none. */
export function regionIn(header: string | readonly string[] | undefined): string {
  const text = typeof header === 'string' ? header : '';
  const country = /^([A-Z]{2})(?:-[A-Z0-9]{1,3})?$/.exec(text.trim().toUpperCase())?.[1] ?? '';
  return NO_PLACE.has(country) ? '' : country;
}

/** Hashes networks, so that those of one day can be told apart and nobody can be found by them. */
@Injectable()
export class NetworkHashes {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ScansRepository) private readonly scans: ScansRepository,
  ) {}

  /** Eight bytes for the network of an address, the same all day; the day's key is kept by nobody but the database. */
  async of(ip: string): Promise<Buffer> {
    const key = await this.scans.keyOfToday(this.database, randomBytes(KEY_BYTES));
    return createHmac('sha256', key).update(networkOf(ip)).digest().subarray(0, HASH_BYTES);
  }
}
