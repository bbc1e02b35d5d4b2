import { Inject, Injectable } from '@nestjs/common';
import type { Queryable } from '../platform/database/index.js';
import { AgreementsRepository } from './agreements.repository.js';

/** What other features may ask about agreements. */
@Injectable()
export class Agreements {
  constructor(@Inject(AgreementsRepository) private readonly repository: AgreementsRepository) {}

  /** The version and whether all its parties have approved it; null when the co-op has no such version. */
  async version(
    q: Queryable,
    coopId: string,
    versionId: string,
  ): Promise<{ versionId: string; active: boolean } | null> {
    const [version] = await this.repository.versions(q, coopId, [versionId]);
    return version === undefined ? null : { versionId, active: version.activatedAt !== null };
  }

  /** The accounts that share in the version with their weights, in its order; none when there is no such version. */
  async sharesOf(
    q: Queryable,
    coopId: string,
    versionId: string,
  ): Promise<readonly { readonly partyId: string; readonly weight: bigint }[]> {
    const [version] = await this.repository.versions(q, coopId, [versionId]);
    return version?.terms.parties ?? [];
  }
}
