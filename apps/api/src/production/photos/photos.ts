import { Inject, Injectable } from '@nestjs/common';
import type { Queryable, Transaction } from '../../platform/database/index.js';
import { PhotosRepository } from './photos.repository.js';

/** What other features may do with photos. */
@Injectable()
export class Photos {
  constructor(@Inject(PhotosRepository) private readonly photos: PhotosRepository) {}

  /** Lets everybody see the photos that a certificate names, from the transaction on in which it is stored. */
  async publish(tx: Transaction, coopId: string, digests: readonly string[]): Promise<void> {
    if (digests.length > 0) await this.photos.publish(tx, coopId, [...new Set(digests)], await tx.now());
  }

  /** Since when those of these photos are taken down that are. */
  async takenDown(
    q: Queryable,
    coopId: string,
    digests: readonly string[],
  ): Promise<ReadonlyMap<string, Date>> {
    return digests.length === 0 ? new Map<string, Date>() : this.photos.takenDown(q, coopId, digests);
  }
}
