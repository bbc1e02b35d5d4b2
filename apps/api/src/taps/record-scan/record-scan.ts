import { Inject, Injectable } from '@nestjs/common';
import { NOTICE_LASTS_MS, noticeOf, oddScans } from '@touchmark/taps';
import { Database } from '../../platform/database/index.js';
import { NotFound } from '../../platform/graphql/index.js';
import { RateLimits, networkOf } from '../../platform/limits/index.js';
import { AnomaliesRepository } from '../anomalies.repository.js';
import { type Piece, Pieces } from '../piece.js';
import { ScansRepository } from '../scans.repository.js';
import { NetworkHashes } from './place.js';
import {
  type RecordScanInput,
  type RecordScanOutcome,
  ScanRecorded,
  TooManyScans,
} from './record-scan.types.js';

/** What one network, and all of them at one co-op, may have counted in a minute. */
export const SCANS_PER_MINUTE = { network: 60, coop: 3000 } as const;
const WINDOW_SECONDS = 60;

/** Counts that the page of a piece was opened, with the hour and the country and no more, and notes what is odd about it. */
@Injectable()
export class RecordScan {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RateLimits) private readonly limits: RateLimits,
    @Inject(Pieces) private readonly pieces: Pieces,
    @Inject(NetworkHashes) private readonly networks: NetworkHashes,
    @Inject(ScansRepository) private readonly scans: ScansRepository,
    @Inject(AnomaliesRepository) private readonly anomalies: AnomaliesRepository,
  ) {}

  /** `ip` is the address of whoever opened the page, `region` its country by two letters or empty. */
  async run({ gtin, serial }: RecordScanInput, ip: string, region: string): Promise<RecordScanOutcome> {
    if (!(await this.limits.take(`scan:${networkOf(ip)}`, SCANS_PER_MINUTE.network, WINDOW_SECONDS)))
      return new TooManyScans();
    const piece = await this.pieces.find(gtin, serial);
    if (piece === null) return new NotFound('piece');
    if (!(await this.limits.take(`scan:${piece.coopId}`, SCANS_PER_MINUTE.coop, WINDOW_SECONDS)))
      return new TooManyScans();
    const fresh = await this.scans.count(this.database, piece, await this.networks.of(ip), region);
    if (fresh) await this.judge(piece);
    return new ScanRecorded(await this.noticeOf(piece));
  }

  /** What the next person is told about how this piece was opened; null when nothing is odd. */
  async noticeOf(piece: Piece): Promise<string | null> {
    const since = new Date((await this.database.now()).getTime() - NOTICE_LASTS_MS);
    return noticeOf(await this.anomalies.patternsOf(this.database, piece, since));
  }

  private async judge(piece: Piece): Promise<void> {
    const seen = await this.scans.around(this.database, piece);
    for (const pattern of oddScans(seen))
      await this.anomalies.note(this.database, piece, pattern, {
        networks: seen.networksToday,
        regions: seen.regionsThisHour,
      });
  }
}
