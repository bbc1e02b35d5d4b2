import { Inject, Injectable } from '@nestjs/common';
import { type Hex, addressOfKey } from '@touchmark/certificates';
import { ChainCalls, IssuerKeysRepository, Issuers, KeyRing } from '../../chain/index.js';
import { type Transaction, Transactions, claimRequest, newId } from '../../platform/database/index.js';
import { NotFound, RequestIdReused } from '../../platform/graphql/index.js';
import {
  NoNextSigner,
  type RotateSignerInput,
  type RotateSignerOutcome,
  SignerRotated,
} from './manage-signers.types.js';

/** The purpose of the chain's calls that name another signer; their subject is the key. */
export const ROTATE_SIGNER = 'rotate_signer';

/** Names the key that was put in place as the next signer; it signs once that is final, the old one until then. */
@Injectable()
export class RotateSigner {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(IssuerKeysRepository) private readonly named: IssuerKeysRepository,
    @Inject(Issuers) private readonly issuers: Issuers,
    @Inject(KeyRing) private readonly keys: KeyRing,
    @Inject(ChainCalls) private readonly calls: ChainCalls,
  ) {
    calls.onIncluded(ROTATE_SIGNER, (tx, { coopId, subjectId: id, blockTime }) =>
      named.name(tx, { coopId, id }, blockTime),
    );
    calls.onLost(ROTATE_SIGNER, (tx, { coopId, subjectId: id }) => named.name(tx, { coopId, id }, null));
    // A verifier that reads the final block must know the key before the first certificate bears its signature.
    calls.onFinal(ROTATE_SIGNER, (tx, { coopId, subjectId: id }) => named.signWith(tx, { coopId, id }));
  }

  async run(accountId: string, input: RotateSignerInput): Promise<RotateSignerOutcome> {
    const next = await this.keys.nextSignerKey();
    const address = next && addressOfKey(next);
    return this.transactions.run<'SignerRotated', RotateSignerOutcome>(['SignerRotated'], (tx) =>
      this.rotate(tx, accountId, input, address),
    );
  }

  private async rotate(
    tx: Transaction,
    accountId: string,
    input: RotateSignerInput,
    address: Hex | null,
  ): Promise<RotateSignerOutcome> {
    const { coopId, requestId } = input;
    const id = newId();
    const request = { actorId: accountId, operation: 'rotateSigner', requestId, input, subjectId: id };
    const known = await claimRequest(tx, request);
    if (known.kind === 'Reused') return new RequestIdReused();
    if (known.kind === 'Seen') return this.outcome(tx, coopId, known.subjectId);
    await this.named.lock(tx, coopId);
    const issuer = await this.issuers.of(tx, coopId);
    if (!issuer?.readyAt) return new NotFound('issuer');
    if (address === null)
      return new NoNextSigner(
        'No next key was put in place. Give the processes signer.next.key, then ask again.',
      );
    if (await this.named.isRotating(tx, coopId))
      return new NoNextSigner('Another key is on its way to be the signer. Wait until that is final.');
    if (!(await this.named.insert(tx, { coopId, id, purpose: 'signer', address })))
      return new NoNextSigner(
        `${address} was named before, and no key is named twice. Make a new key, put it in place, then ask again.`,
      );
    await this.calls.enqueue(tx, {
      coopId,
      purpose: ROTATE_SIGNER,
      subjectId: id,
      sender: 'issuer',
      call: { functionName: 'setSigner', args: [address] },
    });
    return this.outcome(tx, coopId, id);
  }

  private async outcome(tx: Transaction, coopId: string, id: string): Promise<RotateSignerOutcome> {
    const key = await this.named.byId(tx, { coopId, id });
    return key === null ? new NotFound('key') : new SignerRotated(key);
  }
}
