import { Inject, Injectable } from '@nestjs/common';
import type { Hex } from '@touchmark/certificates';
import type { Transaction } from '../../platform/database/index.js';
import { ChainCalls } from '../calls/chain-calls.js';
import { CoSigner } from '../co-sign/co-signer.js';
import { editionKeys } from '../issuers.js';

const ANCHOR_DAYS = 180;
/** The contract lets an issuer object to a batch, and claims wait, for no longer. */
export const MOST_OBJECTION_DAYS = 7;
/** The contract takes no batch whose claims would need a co-signature for longer. */
export const MOST_COSIGN_DAYS = 180;
const DAY_SECONDS = 86_400;
const NOBODY = '0x0000000000000000000000000000000000000000';

/** The edition whose size is to be committed before its sale. */
export interface EditionToCommit {
  readonly coopId: string;
  readonly editionId: string;
  readonly workId: string;
  readonly size: number;
  readonly closesAt: Date;
  /** Who signs claims along for a while after the anchoring; null for nobody. */
  readonly coSigner: Hex | null;
  /** For so many days after a batch is anchored its issuer may void it; claims wait as long. */
  readonly objectionDays: number;
}

/** Commits an edition on chain: from then on the contract refuses more than its size. */
@Injectable()
export class CommitEdition {
  constructor(
    @Inject(ChainCalls) private readonly calls: ChainCalls,
    @Inject(CoSigner) private readonly coSigner: CoSigner,
  ) {}

  /** The address that could sign claims along; null when no key for it was put in place, or the co-op has named another. */
  coSignerHere(coopId: string): Promise<Hex | null> {
    return this.coSigner.address(coopId);
  }

  /** Enqueues `open_edition` with the edition as its subject; batches are taken until 180 days after the sale closes. */
  async request(tx: Transaction, edition: EditionToCommit): Promise<void> {
    const { coopId, editionId, workId, size, closesAt, coSigner, objectionDays } = edition;
    const { work, run } = editionKeys(workId, editionId);
    const anchorUntil = Math.floor(closesAt.getTime() / 1000) + ANCHOR_DAYS * DAY_SECONDS;
    if (coSigner !== null) await this.coSigner.name(tx, coopId, coSigner);
    await this.calls.enqueue(tx, {
      coopId,
      purpose: 'open_edition',
      subjectId: editionId,
      sender: 'issuer',
      call: {
        functionName: 'openEdition',
        args: [work, run, size, NOBODY, 0, anchorUntil, objectionDays * DAY_SECONDS],
      },
    });
  }
}
