import { Inject, Injectable } from '@nestjs/common';
import { makeGtin14 } from '@touchmark/certificates';
import { decideEdition } from '@touchmark/drops';
import { Agreements } from '../../payouts/index.js';
import { Transactions, claimRequest, newId, type Transaction } from '../../platform/database/index.js';
import { InputRefused, NotFound, RequestIdReused, isUuid } from '../../platform/graphql/index.js';
import { requireRequestId } from '../../platform/graphql/request-id.js';
import { EditionsRepository } from '../editions.repository.js';
import { WorksRepository } from '../works.repository.js';
import {
  AgreementNotActive,
  EditionCreated,
  type CreateEditionInput,
  type CreateEditionOutcome,
} from './create-edition.types.js';

/** Makes an edition of a work: fixes its size and price, attaches the agreement, and gives it a GTIN. */
@Injectable()
export class CreateEdition {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(EditionsRepository) private readonly editions: EditionsRepository,
    @Inject(WorksRepository) private readonly works: WorksRepository,
    @Inject(Agreements) private readonly agreements: Agreements,
  ) {}

  async run(actorId: string, input: CreateEditionInput): Promise<CreateEditionOutcome> {
    requireRequestId(input.requestId);
    const decided = decideEdition(input);
    if (decided.kind === 'FieldRefused') return new InputRefused(decided.field, decided.message);
    if (!isUuid(input.workId)) return new NotFound('work');
    if (!isUuid(input.agreementVersionId)) return new NotFound('agreement version');
    return this.transactions.run(['EditionCreated'], (tx) => this.create(tx, actorId, input));
  }

  private async create(
    tx: Transaction,
    actorId: string,
    input: CreateEditionInput,
  ): Promise<CreateEditionOutcome> {
    const { coopId, workId, size, unitPriceMinor, agreementVersionId, requestId } = input;
    const id = newId();
    const claim = await claimRequest(tx, {
      actorId,
      operation: 'createEdition',
      requestId,
      input,
      subjectId: id,
    });
    if (claim.kind === 'Reused') return new RequestIdReused();
    if (claim.kind === 'Seen') return this.rebuild(tx, coopId, claim.subjectId);
    const range = await this.editions.lockRange(tx, coopId);
    const [work] = await this.works.byKeys(tx, [{ coopId, id: workId }]);
    if (range === null || work === undefined) return new NotFound('work');
    const agreement = await this.agreements.version(tx, coopId, agreementVersionId);
    if (agreement === null) return new NotFound('agreement version');
    if (!agreement.active) return new AgreementNotActive();
    const made = makeGtin14(0, range.prefix, range.nextItem);
    if (made.kind === 'GtinRefused') return new InputRefused('coopId', made.message);
    const { currency } = range;
    const { gtin } = made;
    const edition = {
      coopId,
      id,
      workId,
      size,
      unitPriceMinor,
      currency,
      agreementVersionId,
      gtin,
      nextSerial: 1,
    };
    await this.editions.insert(tx, edition, await tx.now());
    await this.editions.takeItem(tx, coopId);
    return new EditionCreated(edition);
  }

  private async rebuild(tx: Transaction, coopId: string, id: string): Promise<EditionCreated> {
    const [edition] = await this.editions.byKeys(tx, [{ coopId, id }]);
    if (edition === undefined) throw new Error(`edition ${id} of a request that was accepted does not exist`);
    return new EditionCreated(edition);
  }
}
