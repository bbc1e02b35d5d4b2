import { Inject, Injectable } from '@nestjs/common';
import { type Hex, addressOfKey } from '@touchmark/certificates';
import { KeyRing } from '../chain/index.js';
import { Database } from '../platform/database/index.js';
import type { Certificate } from './certificates.repository.js';
import { openClaimKey } from './issue-certificate/seal.js';

interface Sealed extends Record<string, unknown> {
  readonly claimKey: Hex;
  readonly sealed: Buffer | null;
}

/** Opens the sealed key of a piece: its own, or that of the replacement in force. */
@Injectable()
export class ClaimKeys {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(KeyRing) private readonly keys: KeyRing,
  ) {}

  /** The private claim key; throws when what is stored opens to another than the certificate names. */
  async open({ coopId, id, tokenId }: Pick<Certificate, 'coopId' | 'id' | 'tokenId'>): Promise<Hex> {
    // A replacement may keep the key of what it replaces; then only that has it sealed.
    const written = await this.database.query<Sealed>(
      `SELECT "claimKey", sealed FROM (
         SELECT claim_key AS "claimKey", sealed_claim_key AS sealed, recorded_at AS at, id FROM certificate_replacement
          WHERE coop_id = $1 AND certificate_id = $2 AND recorded_at IS NOT NULL
         UNION ALL
         SELECT claim_key, sealed_claim_key, '-infinity', id FROM certificate WHERE coop_id = $1 AND id = $2) AS each
        ORDER BY at DESC, id DESC`,
      [coopId, id],
    );
    const [inForce] = written;
    const sealed = written.find(
      ({ claimKey, sealed: box }) => box !== null && claimKey === inForce?.claimKey,
    );
    if (!sealed?.sealed) throw new Error(`the certificate ${id} has no sealed key of its claim key`);
    const key = openClaimKey(await this.keys.sealKey(), tokenId, sealed.sealed);
    if (addressOfKey(key) !== sealed.claimKey)
      throw new Error(`the sealed key of certificate ${id} is not the one that it names`);
    return key;
  }
}
