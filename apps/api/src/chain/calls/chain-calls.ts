import { Inject, Injectable } from '@nestjs/common';
import type { Hex } from '@touchmark/certificates';
import { type Queryable, type Transaction, newId } from '../../platform/database/index.js';
import { Jobs } from '../../platform/jobs/index.js';
import type { Payer } from '../keys/key-ring.js';
import { ChainNodes } from '../nodes/chain-nodes.js';
import type { ChainCall } from './chain-call.js';
import { ChainCallsRepository } from './chain-calls.repository.js';
import { type ChainState, chainStateOf } from './chain-state.js';
import { type ReceiptsCall, encodeCall } from './receipts-call.js';

/** What a handler is told: whose call it was, about what, and the time of its block. */
export interface CallIncluded {
  readonly coopId: string;
  readonly subjectId: string;
  readonly blockTime: Date;
}

/**
 * Runs in the transaction of the state change. A block can be replaced, so it may run again for the same subject with
 * another time: it must do nothing twice.
 */
export type CallHandler = (tx: Transaction, call: CallIncluded) => Promise<void>;

/** Runs in the transaction that takes a lost call back; several run in one, so it takes no locks of its own. */
export type LostHandler = (tx: Transaction, call: Omit<CallIncluded, 'blockTime'>) => Promise<void>;

/** Says whether a call may be sent now; it is asked again every few seconds until it may. */
export type SendGuard = (call: Omit<CallIncluded, 'blockTime'>) => Promise<boolean>;

/** The contract's own error, e.g. `ClaimInvalid` with its arguments. */
export interface Refusal {
  readonly errorName: string;
  readonly args: readonly unknown[];
}

/** What becomes of a call that the contract refuses: it waits, is sent in another form, or is given up in these words. */
export type AfterRefusal =
  | { readonly kind: 'Wait' }
  | { readonly kind: 'Send'; readonly call: ReceiptsCall }
  | { readonly kind: 'GiveUp'; readonly words: string };

/** Decides about refused calls of one purpose, and is told, in the transaction of the change, of those given up. */
export interface RefusedHandler {
  decide(call: Omit<CallIncluded, 'blockTime'>, refusal: Refusal): Promise<AfterRefusal>;
  givenUp(tx: Transaction, call: Omit<CallIncluded, 'blockTime'>, words: string): Promise<void>;
}

/** A call of the receipts contract to be sent. A purpose is served once per subject. */
export interface CallRequest {
  readonly coopId: string;
  readonly purpose: string;
  readonly subjectId: string;
  readonly sender: Payer;
  readonly call: ReceiptsCall;
}

export const SEND_CALL = 'send_chain_call';

/** The outbox to the chain: what is enqueued is sent once its transaction commits, and again until it is final. */
@Injectable()
export class ChainCalls {
  private readonly includedHandlers = new Map<string, CallHandler[]>();
  private readonly finalHandlers = new Map<string, CallHandler[]>();
  private readonly lostHandlers = new Map<string, LostHandler[]>();
  private readonly refusedHandlers = new Map<string, RefusedHandler>();
  private readonly guards = new Map<string, SendGuard>();

  constructor(
    @Inject(ChainCallsRepository) private readonly calls: ChainCallsRepository,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(ChainNodes) private readonly nodes: ChainNodes,
  ) {}

  /** Enqueues a call on the connection of `tx`; does nothing when this purpose was enqueued for the subject before. */
  async enqueue(tx: Transaction, request: CallRequest): Promise<void> {
    const { coopId, purpose, subjectId, sender: payer } = request;
    const target = this.nodes.contract;
    await this.add(tx, {
      coopId,
      purpose,
      subjectId,
      payer,
      target,
      data: encodeCall(request.call),
      value: 0n,
    });
  }

  /** Enqueues a plain transfer from the gas key. */
  async enqueueTransfer(
    tx: Transaction,
    coopId: string,
    purpose: string,
    target: Hex,
    value: bigint,
  ): Promise<void> {
    await this.add(tx, { coopId, purpose, subjectId: newId(), payer: 'gas', target, data: '0x', value });
  }

  /** Enqueues the job that sends `call`; jobs of one payer run one after another. */
  async enqueueSending(
    tx: Parameters<Jobs['enqueue']>[0],
    call: Pick<ChainCall, 'coopId' | 'id' | 'payer'>,
  ): Promise<void> {
    await this.jobs.enqueue(
      tx,
      SEND_CALL,
      { coopId: call.coopId, callId: call.id },
      {
        key: `chain-call:${call.id}`,
        queue: call.payer === 'gas' ? 'chain:gas' : `chain:issuer:${call.coopId}`,
      },
    );
  }

  /** The transactions by which calls of `purpose` came into a block, by `coopId/subjectId`; for loaders. */
  async transactionHashes(
    q: Queryable,
    purpose: string,
    subjects: readonly { readonly coopId: string; readonly id: string }[],
  ): Promise<Map<string, Hex>> {
    const calls = await this.calls.bySubjects(q, purpose, subjects);
    return new Map(
      calls.flatMap(({ coopId, subjectId, blockHash, transactionHash }) =>
        blockHash === null || transactionHash === null ? [] : [[`${coopId}/${subjectId}`, transactionHash]],
      ),
    );
  }

  /** How far calls of `purpose` have come, by `coopId/subjectId`; for loaders. */
  async states(
    q: Queryable,
    purpose: string,
    subjects: readonly { readonly coopId: string; readonly id: string }[],
  ): Promise<Map<string, ChainState>> {
    const calls = await this.calls.bySubjects(q, purpose, subjects);
    return new Map(calls.map((call) => [`${call.coopId}/${call.subjectId}`, chainStateOf(call)]));
  }

  /** Adds a handler for when a call of `purpose` is in a block. Called from a module's constructor. */
  onIncluded(purpose: string, handler: CallHandler): void {
    addTo(this.includedHandlers, purpose, handler);
  }

  /** Adds a handler for when a call of `purpose` can no longer be undone. */
  onFinal(purpose: string, handler: CallHandler): void {
    addTo(this.finalHandlers, purpose, handler);
  }

  /** Adds a handler for when the block of a call is gone from every node; the call is then sent again. */
  onLost(purpose: string, handler: LostHandler): void {
    addTo(this.lostHandlers, purpose, handler);
  }

  /** Holds calls of `purpose` back until `guard` lets them go: calls of different senders come in any order. */
  sendWhen(purpose: string, guard: SendGuard): void {
    this.guards.set(purpose, guard);
  }

  /** Says what becomes of calls of `purpose` that the contract refuses; without a handler they wait. */
  onRefused(purpose: string, handler: RefusedHandler): void {
    this.refusedHandlers.set(purpose, handler);
  }

  refusedHandler(purpose: string): RefusedHandler | undefined {
    return this.refusedHandlers.get(purpose);
  }

  async maySend({ purpose, coopId, subjectId }: ChainCall): Promise<boolean> {
    const guard = this.guards.get(purpose);
    return guard === undefined || guard({ coopId, subjectId });
  }

  async tellIncluded(tx: Transaction, call: ChainCall, blockTime: Date): Promise<void> {
    for (const handler of this.includedHandlers.get(call.purpose) ?? [])
      await handler(tx, { coopId: call.coopId, subjectId: call.subjectId, blockTime });
  }

  async tellFinal(tx: Transaction, call: ChainCall, blockTime: Date): Promise<void> {
    for (const handler of this.finalHandlers.get(call.purpose) ?? [])
      await handler(tx, { coopId: call.coopId, subjectId: call.subjectId, blockTime });
  }

  async tellLost(tx: Transaction, call: ChainCall): Promise<void> {
    for (const handler of this.lostHandlers.get(call.purpose) ?? [])
      await handler(tx, { coopId: call.coopId, subjectId: call.subjectId });
  }

  private async add(
    tx: Transaction,
    call: Omit<Parameters<ChainCallsRepository['insert']>[1], 'id'>,
  ): Promise<void> {
    const added = { ...call, id: newId() };
    if (await this.calls.insert(tx, added)) await this.enqueueSending(tx, added);
  }
}

function addTo<Handler>(handlers: Map<string, Handler[]>, purpose: string, handler: Handler): void {
  handlers.set(purpose, [...(handlers.get(purpose) ?? []), handler]);
}
