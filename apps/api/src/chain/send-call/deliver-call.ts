import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Hex } from '@touchmark/certificates';
import { Database, Transactions } from '../../platform/database/index.js';
import type { ChainCall } from '../calls/chain-call.js';
import { ChainCallsRepository } from '../calls/chain-calls.repository.js';
import { ChainCalls } from '../calls/chain-calls.js';
import { SendersRepository, type StoredTransaction } from '../calls/senders.repository.js';
import { KeyRing } from '../keys/key-ring.js';
import { ChainNodes } from '../nodes/chain-nodes.js';
import { FindDone } from './find-done.js';
import { FindReceipt, type Mined } from './find-receipt.js';
import { isKnownTransaction, wordsOf } from './node-answers.js';
import { RecordInclusion } from './record-inclusion.js';
import { SignCall } from './sign-call.js';
import { SubmitCall } from './submit-call.js';

const LOOKS = 8;
const LOOK_EVERY_MS = 100;
const BUMP_AFTER_SECONDS = 30;
// Nodes refuse a replacement that pays less than a tenth more.
const BUMP = { times: 5n, over: 4n };
// Beyond this a price is not what keeps a transaction out of the blocks, such as on a chain that makes none.
const MOST_TIMES_ASKED = 5n;
const BLOCKS_AGO = 2n;
const MOST_REVERTS = 10;

/** Sends what was signed and sees it into a block. */
@Injectable()
export class DeliverCall {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(ChainCallsRepository) private readonly calls: ChainCallsRepository,
    @Inject(SendersRepository) private readonly senders: SendersRepository,
    @Inject(ChainCalls) private readonly outbox: ChainCalls,
    @Inject(KeyRing) private readonly keys: KeyRing,
    @Inject(ChainNodes) private readonly nodes: ChainNodes,
    @Inject(FindReceipt) private readonly receipts: FindReceipt,
    @Inject(FindDone) private readonly done: FindDone,
    @Inject(RecordInclusion) private readonly inclusion: RecordInclusion,
    @Inject(SignCall) private readonly signer: SignCall,
    @Inject(SubmitCall) private readonly submitter: SubmitCall,
  ) {}

  async deliver(call: ChainCall): Promise<void> {
    const signed = await this.senders.transactionsOf(this.database, call);
    const newest = signed.at(-1);
    if (newest === undefined || call.sender === null) return;
    const hashes = signed.map(({ hash }) => hash);
    const known = await this.receipts.find(hashes);
    if (known !== null) return this.settle(call, known);
    const refusals = await this.broadcast(newest.raw);
    const mined = await this.look(hashes);
    if (mined !== null) return this.settle(call, mined);
    await this.calls.touch(this.database, call.coopId, call.id, refusals.map(wordsOf).join('; ') || null);
    // By what stands on chain: nodes refuse a used nonce in many words, and for what they hold already as well.
    if (await this.isNonceGone(call.sender, newest.nonce, hashes)) await this.giveUpNonce(call, newest);
    else if (newest.ageSeconds > BUMP_AFTER_SECONDS) await this.bump(call, call.sender, newest);
  }

  /** Sends to every node, so that one that drops it does not matter; answers what they refused. */
  private async broadcast(raw: Hex): Promise<unknown[]> {
    const answers = await this.nodes.settled((client) =>
      client.sendRawTransaction({ serializedTransaction: raw }),
    );
    return answers
      .filter((answer) => answer.status === 'rejected')
      .map((answer): unknown => answer.reason)
      .filter((reason) => !isKnownTransaction(reason));
  }

  private async look(hashes: readonly Hex[]): Promise<Mined | null> {
    for (let look = 0; look < LOOKS; look += 1) {
      const mined = await this.receipts.find(hashes);
      if (mined !== null) return mined;
      await pause(LOOK_EVERY_MS);
    }
    return null;
  }

  private async settle(call: ChainCall, mined: Mined): Promise<void> {
    if (mined.succeeded) return this.inclusion.record(call, mined);
    const done = call.sender === null ? null : await this.done.find(call, call.sender);
    if (done !== null) return this.inclusion.record(call, done);
    await this.transactions.run(['Counted'], async (tx) => {
      const locked = await this.calls.lock(tx, call.coopId, call.id);
      if (locked?.state !== 'submitted') return { kind: 'TakenAlready' } as const;
      const failed = locked.reverts + 1 >= MOST_REVERTS;
      await this.calls.countRevert(tx, locked, failed, `the contract refused it in ${mined.transactionHash}`);
      return { kind: 'Counted' } as const;
    });
  }

  /**
   * True when another transaction took the nonce: every node counts it some blocks ago, and has none of ours in a block. Not
   * by the newest block: behind one address may stand machines that lag behind each other.
   */
  private async isNonceGone(sender: Hex, nonce: number, hashes: readonly Hex[]): Promise<boolean> {
    const counts = await this.nodes.settled(async (client) => {
      const head = await client.getBlockNumber();
      const blockNumber = head > BLOCKS_AGO ? head - BLOCKS_AGO : 0n;
      return client.getTransactionCount({ address: sender, blockNumber });
    });
    // A node that does not answer may be the one that has the receipt.
    return (
      counts.every((count) => count.status === 'fulfilled' && count.value > nonce) &&
      (await this.receipts.areNowhere(hashes))
    );
  }

  /** The call starts again, unless it was signed anew meanwhile. */
  private async giveUpNonce(call: ChainCall, { nonce, hash }: StoredTransaction): Promise<void> {
    await this.transactions.run(['Requeued'], async (tx) => {
      const locked = await this.calls.lock(tx, call.coopId, call.id);
      if (locked?.state !== 'submitted' || locked.transactionHash !== hash)
        return { kind: 'TakenAlready' } as const;
      await this.calls.requeue(tx, locked, `nonce ${String(nonce)} was used by another transaction`);
      await this.outbox.enqueueSending(tx, locked);
      return { kind: 'Requeued' } as const;
    });
  }

  private async bump(call: ChainCall, sender: Hex, newest: StoredTransaction): Promise<void> {
    const counts = await this.nodes.each((client) => client.getTransactionCount({ address: sender }));
    // Only the next in line is stuck by its price; those behind it wait for it.
    if (Math.max(...counts) !== newest.nonce) return;
    const fees = await this.submitter.fees();
    if (newest.maxFeePerGas >= fees.maxFeePerGas * MOST_TIMES_ASKED) return;
    const raised = (before: bigint, now: bigint): bigint => {
      const least = (before * BUMP.times) / BUMP.over + 1n;
      return least > now ? least : now;
    };
    await this.signer.replace(call, await this.keys.senderKey(call.payer, call.coopId), newest, {
      chainId: await this.nodes.id(),
      gas: newest.gas,
      maxFeePerGas: raised(newest.maxFeePerGas, fees.maxFeePerGas),
      maxPriorityFeePerGas: raised(newest.maxPriorityFeePerGas, fees.maxPriorityFeePerGas),
    });
    await this.outbox.enqueueSending(this.database, call);
  }
}
