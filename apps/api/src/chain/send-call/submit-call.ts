import { Inject, Injectable } from '@nestjs/common';
import type { Hex } from '@touchmark/certificates';
import { privateKeyToAccount } from 'viem/accounts';
import { Database } from '../../platform/database/index.js';
import type { ChainCall } from '../calls/chain-call.js';
import { ChainCallsRepository } from '../calls/chain-calls.repository.js';
import { ChainCalls } from '../calls/chain-calls.js';
import { KeyRing } from '../keys/key-ring.js';
import { ChainNodes } from '../nodes/chain-nodes.js';
import { FindDone } from './find-done.js';
import { isRevert, isUnderfunded } from './node-answers.js';
import { RecordInclusion } from './record-inclusion.js';
import { SettleRefusal } from './settle-refusal.js';
import { SignCall, type Terms } from './sign-call.js';
import { TopUp } from './top-up.js';

/** An issuer is topped up when it cannot pay for this many calls like the one at hand. */
const LOW_BELOW_CALLS = 3n;

/** Brings a queued call to a signed transaction: sees that it would succeed, that it is paid for, then signs. */
@Injectable()
export class SubmitCall {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ChainCallsRepository) private readonly calls: ChainCallsRepository,
    @Inject(KeyRing) private readonly keys: KeyRing,
    @Inject(ChainNodes) private readonly nodes: ChainNodes,
    @Inject(FindDone) private readonly done: FindDone,
    @Inject(RecordInclusion) private readonly inclusion: RecordInclusion,
    @Inject(SettleRefusal) private readonly refusals: SettleRefusal,
    @Inject(SignCall) private readonly signer: SignCall,
    @Inject(TopUp) private readonly topUp: TopUp,
    @Inject(ChainCalls) private readonly outbox: ChainCalls,
  ) {}

  /** A call that cannot go now stays queued with what it waits for; the watcher brings it back. */
  async submit(call: ChainCall): Promise<void> {
    if (!(await this.outbox.maySend(call))) {
      await this.waits(call, 'what it builds on is not final yet');
      return;
    }
    const key = await this.keys.senderKey(call.payer, call.coopId);
    const sender = privateKeyToAccount(key).address.toLowerCase() as Hex;
    const gas = await this.estimate(call, sender);
    if (gas === null) return;
    const terms = { ...(await this.fees()), chainId: await this.nodes.id(), gas };
    if (!(await this.isPaidFor(call, sender, terms))) return;
    const counts = await this.nodes.each((client) => client.getTransactionCount({ address: sender }));
    await this.signer.sign(call, key, Math.max(...counts), terms);
  }

  /** Twice what the next block asks, so that a rising price does not strand the transaction at once. */
  async fees(): Promise<Pick<Terms, 'maxFeePerGas' | 'maxPriorityFeePerGas'>> {
    const { maxFeePerGas, maxPriorityFeePerGas } = await this.nodes.first((client) =>
      client.estimateFeesPerGas(),
    );
    return { maxFeePerGas: maxFeePerGas * 2n, maxPriorityFeePerGas };
  }

  private async estimate(call: ChainCall, sender: Hex): Promise<bigint | null> {
    const { target: to, data, value } = call;
    if (data !== '0x' && (await this.nodes.first((client) => client.getCode({ address: to }))) === undefined)
      // A call to an address without code would succeed and do nothing.
      return this.waits(call, `there is no contract at ${to}`);
    try {
      const gas = await this.nodes.first((client) =>
        client.estimateGas({ account: sender, to, data, value }),
      );
      return (gas * 12n) / 10n;
    } catch (error) {
      if (isUnderfunded(error)) return this.waits(call, `${sender} cannot pay for it`);
      if (!isRevert(error)) throw error;
      const found = await this.done.find(call, sender);
      if (found === null) await this.refusals.settle(call, error);
      else await this.inclusion.record(call, found);
      return null;
    }
  }

  private async isPaidFor(call: ChainCall, sender: Hex, terms: Terms): Promise<boolean> {
    const cost = terms.gas * terms.maxFeePerGas + call.value;
    const balance = await this.nodes.first((client) => client.getBalance({ address: sender }));
    if (call.payer === 'issuer' && balance < cost * LOW_BELOW_CALLS)
      await this.topUp.request(call.coopId, sender, terms.maxFeePerGas);
    if (balance >= cost) return true;
    await this.waits(call, `${sender} holds ${String(balance)} wei and the call may cost ${String(cost)}`);
    return false;
  }

  private async waits(call: ChainCall, reason: string): Promise<null> {
    await this.calls.touch(this.database, call.coopId, call.id, reason);
    return null;
  }
}
