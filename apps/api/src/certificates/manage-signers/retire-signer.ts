import { Inject, Injectable } from '@nestjs/common';
import type { Hex } from '@touchmark/certificates';
import {
  Blocks,
  ChainCalls,
  type IssuerKey,
  IssuerKeysRepository,
  Issuers,
  RETIRE_AT_ONCE,
} from '../../chain/index.js';
import { Database, type Transaction, Transactions, claimRequest } from '../../platform/database/index.js';
import { InputRefused, NotFound, RequestIdReused } from '../../platform/graphql/index.js';
import { CertificatesRepository } from '../certificates.repository.js';
import { problemOfWords } from '../change-reasons.js';
import {
  type RetireSignerInput,
  type RetireSignerOutcome,
  SignerNotRetirable,
  SignerRetired,
} from './manage-signers.types.js';

// The purpose of the call that waits until all that the key signed stands for good; its subject is the key.
const RETIRE_SIGNER = 'retire_signer';

/** Retires a signer as of its block. What it signed and what is anchored stands; what is not fails from then on. */
@Injectable()
export class RetireSigner {
  /** The chain's time when all that a key had signed was first seen anchored for good; none of it is later. */
  private readonly settledAt = new Map<string, Date>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(IssuerKeysRepository) private readonly named: IssuerKeysRepository,
    @Inject(Issuers) private readonly issuers: Issuers,
    @Inject(CertificatesRepository) private readonly certificates: CertificatesRepository,
    @Inject(ChainCalls) private readonly calls: ChainCalls,
    @Inject(Blocks) private readonly blocks: Blocks,
  ) {
    for (const purpose of [RETIRE_SIGNER, RETIRE_AT_ONCE]) {
      calls.onIncluded(purpose, (tx, { coopId, subjectId: id, blockTime }) =>
        named.retire(tx, { coopId, id }, blockTime),
      );
      calls.onLost(purpose, (tx, { coopId, subjectId: id }) => named.retire(tx, { coopId, id }, null));
    }
    calls.sendWhen(RETIRE_SIGNER, async ({ coopId, subjectId: id }) => {
      const key = await this.named.byId(this.database, { coopId, id });
      return key === null || this.isPast(key);
    });
  }

  /**
   * True once all that the key signed was anchored for good in a second before any in which it can be retired now: the order
   * within one is not stored, so what was anchored in it would count as signed too late.
   */
  private async isPast({ coopId, id, address }: IssuerKey): Promise<boolean> {
    if (await this.certificates.isLoose(this.database, coopId, address)) {
      this.settledAt.delete(id);
      return false;
    }
    const settledAt = this.settledAt.get(id) ?? (await this.blocks.newestTime());
    if (settledAt === null) return false;
    this.settledAt.set(id, settledAt);
    const next = await this.blocks.nextTime();
    return next !== null && next > settledAt;
  }

  async run(accountId: string, input: RetireSignerInput): Promise<RetireSignerOutcome> {
    const problem = problemOfWords(input.words);
    if (problem !== null) return new InputRefused('words', problem);
    const address = input.address.toLowerCase() as Hex;
    const found = await this.named.byAddress(this.database, input.coopId, 'signer', address);
    if (found === null) return new NotFound('signer');
    return this.transactions.run<'SignerRetired', RetireSignerOutcome>(['SignerRetired'], (tx) =>
      this.retire(tx, accountId, input, found),
    );
  }

  private async retire(
    tx: Transaction,
    accountId: string,
    input: RetireSignerInput,
    { id: subjectId, address }: Pick<IssuerKey, 'id' | 'address'>,
  ): Promise<RetireSignerOutcome> {
    const { coopId, requestId, words, atOnce } = input;
    const request = { actorId: accountId, operation: 'retireSigner', requestId, input, subjectId };
    const known = await claimRequest(tx, request);
    if (known.kind === 'Reused') return new RequestIdReused();
    if (known.kind === 'Seen') return this.outcome(tx, coopId, known.subjectId);
    await this.named.lock(tx, coopId);
    const [issuer, key] = [
      await this.issuers.of(tx, coopId),
      await this.named.byAddress(tx, coopId, 'signer', address),
    ];
    if (issuer === null || key === null) return new NotFound('signer');
    if (issuer.signer === address)
      return new SignerNotRetirable(
        'This key signs now. Rotate to the next one first, and wait until it signs.',
      );
    if (key.retiringAt !== null || key.validFrom === null)
      return new SignerNotRetirable('This key is not in force: it was retired before, or is not named yet.');
    await this.named.startRetiring(tx, key, await tx.now(), words.trim());
    await this.calls.enqueue(tx, {
      coopId,
      purpose: atOnce ? RETIRE_AT_ONCE : RETIRE_SIGNER,
      subjectId: key.id,
      sender: 'issuer',
      call: { functionName: 'retireSigner', args: [address] },
    });
    return this.outcome(tx, coopId, key.id);
  }

  private async outcome(tx: Transaction, coopId: string, id: string): Promise<RetireSignerOutcome> {
    const key = await this.named.byId(tx, { coopId, id });
    return key === null ? new NotFound('signer') : new SignerRetired(key);
  }
}
