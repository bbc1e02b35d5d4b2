import { Inject, Injectable } from '@nestjs/common';
import type { Hex } from '@touchmark/certificates';
import { keccak256 } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { Transactions } from '../../platform/database/index.js';
import type { ChainCall } from '../calls/chain-call.js';
import { ChainCallsRepository } from '../calls/chain-calls.repository.js';
import {
  SendersRepository,
  type SignedTransaction,
  type StoredTransaction,
} from '../calls/senders.repository.js';

/** What a transaction is signed with besides the call itself. */
export interface Terms {
  readonly chainId: number;
  readonly gas: bigint;
  readonly maxFeePerGas: bigint;
  readonly maxPriorityFeePerGas: bigint;
}

/**
 * Gives a call its nonce and stores the signed transaction, before anything is sent. The lock on the sender's row is
 * what gives each nonce once; after a crash the identical transaction is sent again.
 */
@Injectable()
export class SignCall {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(ChainCallsRepository) private readonly calls: ChainCallsRepository,
    @Inject(SendersRepository) private readonly senders: SendersRepository,
  ) {}

  /** Signs a queued call under the next nonce; `chainNonce` is the sender's count on chain, read before. */
  async sign(call: ChainCall, key: Hex, chainNonce: number, terms: Terms): Promise<void> {
    const sender = privateKeyToAccount(key).address.toLowerCase() as Hex;
    await this.transactions.run(['Signed'], async (tx) => {
      const locked = await this.calls.lock(tx, call.coopId, call.id);
      if (locked?.state !== 'queued') return { kind: 'TakenAlready' } as const;
      // A count that is behind ours is stale or a rollback, which the watcher deals with; one ahead of ours is true.
      const nonce = Math.max(await this.senders.lock(tx, sender, chainNonce), chainNonce);
      const signed = await signWith(key, locked, nonce, terms);
      await this.calls.submit(tx, locked, sender, nonce, signed.hash);
      await this.senders.store(tx, locked, sender, signed);
      await this.senders.setNext(tx, sender, nonce + 1);
      return { kind: 'Signed' } as const;
    });
  }

  /** Signs a submitted call again under its nonce, at a higher price: at most one of the two can come into a block. */
  async replace(call: ChainCall, key: Hex, before: StoredTransaction, terms: Terms): Promise<void> {
    await this.transactions.run(['Signed'], async (tx) => {
      const locked = await this.calls.lock(tx, call.coopId, call.id);
      if (locked?.state !== 'submitted' || locked.transactionHash !== before.hash || locked.sender === null)
        return { kind: 'TakenAlready' } as const;
      const signed = await signWith(key, locked, before.nonce, terms);
      await this.calls.submit(tx, locked, locked.sender, before.nonce, signed.hash);
      await this.senders.store(tx, locked, locked.sender, signed);
      return { kind: 'Signed' } as const;
    });
  }
}

async function signWith(key: Hex, call: ChainCall, nonce: number, terms: Terms): Promise<SignedTransaction> {
  const raw = await privateKeyToAccount(key).signTransaction({
    type: 'eip1559',
    to: call.target,
    data: call.data,
    value: call.value,
    nonce,
    ...terms,
  });
  const { gas, maxFeePerGas, maxPriorityFeePerGas } = terms;
  return { hash: keccak256(raw), raw, nonce, gas, maxFeePerGas, maxPriorityFeePerGas };
}
