import { Injectable } from '@nestjs/common';
import type { Hex } from '@touchmark/certificates';
import type { Queryable } from '../../platform/database/index.js';

/** What a checkpoint of an edition has to hold, by this database: where its batches start and who signed in it. */
export interface CheckpointContent {
  readonly firstSerials: readonly number[];
  readonly signers: readonly Hex[];
}

const CONTENT = `
  SELECT coalesce((SELECT array_agg(first_serial ORDER BY first_serial) FROM anchor_batch
                    WHERE coop_id = $1 AND edition_id = $2 AND state = 'anchored'), '{}') AS "firstSerials",
         coalesce((SELECT array_agg(DISTINCT signer) FROM certificate
                    WHERE coop_id = $1 AND edition_id = $2), '{}') AS signers`;

@Injectable()
export class CheckpointsRepository {
  async contentOf(q: Queryable, coopId: string, editionId: string): Promise<CheckpointContent> {
    const [row] = await q.query<CheckpointContent & Record<string, unknown>>(CONTENT, [coopId, editionId]);
    return row ?? { firstSerials: [], signers: [] };
  }
}
