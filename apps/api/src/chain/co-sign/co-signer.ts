import { Inject, Injectable } from '@nestjs/common';
import { type Hex, addressOfKey } from '@touchmark/certificates';
import { Database, type Queryable, type Transaction, newId } from '../../platform/database/index.js';
import { ChainCallsRepository } from '../calls/chain-calls.repository.js';
import { ChainCalls } from '../calls/chain-calls.js';
import { decodeCall } from '../calls/receipts-call.js';
import { IssuerKeysRepository } from '../issuer-keys.repository.js';
import { IssuersRepository } from '../issuers.repository.js';
import { KeyRing } from '../keys/key-ring.js';

/** The purpose of the chain's call that names a co-signer; its subject is the co-op, so an issuer names one once. */
const NAME_CO_SIGNER = 'name_co_signer';

/** The key that signs claims along for a while: an issuer names it with the first run that asks for it. */
@Injectable()
export class CoSigner {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(KeyRing) private readonly keys: KeyRing,
    @Inject(IssuersRepository) issuers: IssuersRepository,
    @Inject(IssuerKeysRepository) private readonly named: IssuerKeysRepository,
    @Inject(ChainCallsRepository) private readonly stored: ChainCallsRepository,
    @Inject(ChainCalls) private readonly calls: ChainCalls,
  ) {
    // The history of keys begins with the issuer.
    calls.sendWhen(NAME_CO_SIGNER, async ({ coopId }) => (await issuers.load(database, coopId)) !== null);
    calls.onIncluded(NAME_CO_SIGNER, (tx, { coopId, blockTime }) => this.noteNamed(tx, coopId, blockTime));
    calls.onLost(NAME_CO_SIGNER, (tx, { coopId }) => named.nameFirst(tx, coopId, 'cosigner', null));
  }

  /**
   * The address of the key that this process holds; null when none was put in place, or when the issuer has named another,
   * whose signature alone would count.
   */
  async address(coopId: string): Promise<Hex | null> {
    const key = await this.keys.coSignerKey();
    const address = key && addressOfKey(key);
    const named = await this.addressNamed(this.database, coopId);
    return named === null || named === address ? address : null;
  }

  /** Has the issuer name this address; a second time changes nothing. */
  async name(tx: Transaction, coopId: string, address: Hex): Promise<void> {
    await this.calls.enqueue(tx, {
      coopId,
      purpose: NAME_CO_SIGNER,
      subjectId: coopId,
      sender: 'issuer',
      call: { functionName: 'setCoSigner', args: [address] },
    });
  }

  /** The key whose signature under claims counts for this issuer; null when it named none, or another than ours. */
  async keyFor(q: Queryable, coopId: string): Promise<Hex | null> {
    const key = await this.keys.coSignerKey();
    if (key === null) return null;
    const found = await this.named.byAddress(q, coopId, 'cosigner', addressOfKey(key));
    return found?.validFrom ? key : null;
  }

  /** The address is that of the call, since the key file may be another by now. */
  private async noteNamed(tx: Transaction, coopId: string, at: Date): Promise<void> {
    const address = await this.addressNamed(tx, coopId);
    if (address === null) return;
    await this.named.insert(tx, { coopId, id: newId(), purpose: 'cosigner', address });
    await this.named.nameFirst(tx, coopId, 'cosigner', at);
  }

  /** The address in the call that names a co-signer, wherever it has come to by now; null when there is no call. */
  private async addressNamed(q: Queryable, coopId: string): Promise<Hex | null> {
    const [call] = await this.stored.bySubjects(q, NAME_CO_SIGNER, [{ coopId, id: coopId }]);
    const decoded = call && decodeCall(call.data);
    return decoded?.functionName === 'setCoSigner' ? (decoded.args[0].toLowerCase() as Hex) : null;
  }
}
