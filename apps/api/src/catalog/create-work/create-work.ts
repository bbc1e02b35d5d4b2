import { Inject, Injectable } from '@nestjs/common';
import { decideWork } from '@touchmark/drops';
import { Transactions, claimRequest, newId, type Transaction } from '../../platform/database/index.js';
import { InputRefused, RequestIdReused } from '../../platform/graphql/index.js';
import { requireRequestId } from '../../platform/graphql/request-id.js';
import { WorksRepository } from '../works.repository.js';
import { SkuTaken, WorkCreated, type CreateWorkInput, type CreateWorkOutcome } from './create-work.types.js';

/** Adds a work with its recipe to the catalog of a co-op. */
@Injectable()
export class CreateWork {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(WorksRepository) private readonly works: WorksRepository,
  ) {}

  async run(actorId: string, input: CreateWorkInput): Promise<CreateWorkOutcome> {
    requireRequestId(input.requestId);
    const decided = decideWork(input);
    if (decided.kind === 'FieldRefused') return new InputRefused(decided.field, decided.message);
    return this.transactions.run(['WorkCreated'], (tx) => this.create(tx, actorId, input));
  }

  private async create(tx: Transaction, actorId: string, input: CreateWorkInput): Promise<CreateWorkOutcome> {
    const { coopId, requestId, recipe } = input;
    const id = newId();
    const claim = await claimRequest(tx, {
      actorId,
      operation: 'createWork',
      requestId,
      input,
      subjectId: id,
    });
    if (claim.kind === 'Reused') return new RequestIdReused();
    if (claim.kind === 'Seen') return this.rebuild(tx, coopId, claim.subjectId);
    const { sku, title, description, materials } = input;
    const work = { coopId, id, sku, title, description, materials, createdAt: await tx.now() };
    return (await this.works.insert(tx, work, recipe)) ? new WorkCreated(work) : new SkuTaken(sku);
  }

  private async rebuild(tx: Transaction, coopId: string, id: string): Promise<WorkCreated> {
    const [work] = await this.works.byKeys(tx, [{ coopId, id }]);
    if (work === undefined) throw new Error(`work ${id} of a request that was accepted does not exist`);
    return new WorkCreated(work);
  }
}
