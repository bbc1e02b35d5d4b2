import { Inject, Injectable } from '@nestjs/common';
import { addressOfKey } from '@touchmark/certificates';
import { Coops } from '../../membership/index.js';
import { Database, Transactions, newId } from '../../platform/database/index.js';
import { Jobs } from '../../platform/jobs/index.js';
import { ChainCalls } from '../calls/chain-calls.js';
import type { ReceiptsCall } from '../calls/receipts-call.js';
import { IssuerKeysRepository } from '../issuer-keys.repository.js';
import { IssuersRepository } from '../issuers.repository.js';
import { KeyRing } from '../keys/key-ring.js';
import { ChainNodes } from '../nodes/chain-nodes.js';

const PURPOSES = ['set_up_domain', 'set_up_signer', 'set_up_publisher'] as const;
const SWEEP_EVERY_MS = 5000;

/** Makes a co-op an issuer: names its domain, its signer and its publisher on chain. Ready when all three are there. */
@Injectable()
export class SetUpIssuer {
  private sweptMs = Number.NEGATIVE_INFINITY;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Coops) private readonly coops: Coops,
    @Inject(IssuersRepository) private readonly issuers: IssuersRepository,
    @Inject(IssuerKeysRepository) private readonly keysNamed: IssuerKeysRepository,
    @Inject(ChainCalls) private readonly calls: ChainCalls,
    @Inject(KeyRing) private readonly keys: KeyRing,
    @Inject(ChainNodes) private readonly nodes: ChainNodes,
    @Inject(Jobs) private readonly jobs: Jobs,
  ) {
    jobs.handle('set_up_issuer', ({ coopId }) => this.run(String(coopId)));
    jobs.sweep({ name: 'set_up_missing_issuers', run: () => this.sweep() });
    for (const purpose of PURPOSES)
      calls.onIncluded(purpose, (tx, call) => this.issuers.readyWhenIncluded(tx, call.coopId, PURPOSES));
    for (const purpose of ['signer', 'publisher'] as const) {
      const named = `set_up_${purpose}`;
      calls.onIncluded(named, (tx, { coopId, blockTime }) =>
        keysNamed.nameFirst(tx, coopId, purpose, blockTime),
      );
      calls.onLost(named, (tx, { coopId }) => keysNamed.nameFirst(tx, coopId, purpose, null));
    }
  }

  /** Starts again for co-ops whose job died or ran out of attempts; returns how many. */
  private async sweep(): Promise<number> {
    if (performance.now() - this.sweptMs < SWEEP_EVERY_MS) return 0;
    this.sweptMs = performance.now();
    const missing = await this.issuers.missing(this.database);
    for (const coopId of missing)
      await this.jobs.enqueue(this.database, 'set_up_issuer', { coopId }, { key: `set-up-issuer:${coopId}` });
    return missing.length;
  }

  async run(coopId: string): Promise<void> {
    const coop = await this.coops.byId(coopId);
    if (coop === null) return;
    const address = addressOfKey(await this.keys.senderKey('issuer', coopId));
    const signer = addressOfKey(await this.keys.signerKey());
    const publisher = await this.keys.publisherAddress();
    const chainId = await this.nodes.id();
    const { domain } = coop;
    const steps: readonly [(typeof PURPOSES)[number], ReceiptsCall][] = [
      ['set_up_domain', { functionName: 'setDomain', args: [domain] }],
      ['set_up_signer', { functionName: 'setSigner', args: [signer] }],
      ['set_up_publisher', { functionName: 'setPublisher', args: [publisher] }],
    ];
    await this.transactions.run(['Requested'], async (tx) => {
      await this.issuers.insert(tx, {
        coopId,
        chainId,
        contract: this.nodes.contract,
        address,
        domain,
        signer,
        publisher,
      });
      await this.keysNamed.insert(tx, { coopId, id: newId(), purpose: 'signer', address: signer });
      await this.keysNamed.insert(tx, { coopId, id: newId(), purpose: 'publisher', address: publisher });
      for (const [purpose, call] of steps)
        await this.calls.enqueue(tx, { coopId, purpose, subjectId: coopId, sender: 'issuer', call });
      return { kind: 'Requested' } as const;
    });
  }
}
