import { Inject, Injectable } from '@nestjs/common';
import { decideOpenDrop } from '@touchmark/drops';
import { Editions } from '../../catalog/index.js';
import type { Hex } from '@touchmark/certificates';
import { CommitEdition, MOST_COSIGN_DAYS, MOST_OBJECTION_DAYS } from '../../chain/index.js';
import { Transactions, claimRequest, newId, type Transaction } from '../../platform/database/index.js';
import { InputRefused, NotFound, RequestIdReused, isUuid } from '../../platform/graphql/index.js';
import { requireRequestId } from '../../platform/graphql/request-id.js';
import { DropsRepository } from '../drops.repository.js';
import type { DropType } from '../orders.types.js';
import {
  CommitWindowInvalid,
  DropExists,
  DropOpening,
  type OpenDropInput,
  type OpenDropOutcome,
} from './open-drop.types.js';

/** Asks the chain to commit an edition, and opens its sale once it has. */
@Injectable()
export class OpenDrop {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(DropsRepository) private readonly drops: DropsRepository,
    @Inject(Editions) private readonly editions: Editions,
    @Inject(CommitEdition) private readonly commitEdition: CommitEdition,
  ) {}

  async run(actorId: string, input: OpenDropInput): Promise<OpenDropOutcome> {
    requireRequestId(input.requestId);
    if (!isUuid(input.editionId)) return new NotFound('edition');
    const coSigner =
      (input.cosignDays ?? 0) === 0 ? null : await this.commitEdition.coSignerHere(input.coopId);
    const problem = problemOfCosignDays(input.cosignDays ?? 0, coSigner);
    if (problem !== null) return new InputRefused('cosignDays', problem);
    const objection = problemOfObjectionDays(input.objectionDays ?? 0, input.cosignDays ?? 0);
    if (objection !== null) return new InputRefused('objectionDays', objection);
    return this.transactions.run(['DropOpening'], (tx) => this.open(tx, actorId, input, coSigner));
  }

  private async open(
    tx: Transaction,
    actorId: string,
    input: OpenDropInput,
    coSigner: Hex | null,
  ): Promise<OpenDropOutcome> {
    const { coopId, editionId, closesAt, requestId } = input;
    const id = newId();
    const claim = await claimRequest(tx, { actorId, operation: 'openDrop', requestId, input, subjectId: id });
    if (claim.kind === 'Reused') return new RequestIdReused();
    if (claim.kind === 'Seen') return this.rebuild(tx, coopId, claim.subjectId);
    await tx.lock('edition', coopId, [editionId]);
    const edition = await this.editions.load(tx, coopId, editionId);
    if (edition === null) return new NotFound('edition');
    const now = await tx.now();
    const { size, workId } = edition;
    const minimumUnits = input.minimumUnits ?? 0;
    const decided = decideOpenDrop({ now: now.getTime(), closesAt: closesAt.getTime(), size, minimumUnits });
    if (decided.kind === 'CommitWindowInvalid') return new CommitWindowInvalid(decided);
    if (decided.kind === 'MinimumInvalid') return new InputRefused('minimumUnits', decided.message);
    const drop: DropType = {
      ...{ coopId, id, editionId, size, minimumUnits, closesAt, requestedAt: now },
      ...{
        state: 'opening',
        cosignDays: input.cosignDays ?? 0,
        objectionDays: input.objectionDays ?? 0,
        unitsHeld: 0,
        unitsSold: 0,
        openedAt: null,
        closedAt: null,
      },
    };
    if (!(await this.drops.insert(tx, drop))) return new DropExists();
    const { objectionDays } = drop;
    const terms = { size, closesAt, coSigner, objectionDays };
    await this.commitEdition.request(tx, { coopId, editionId, workId, ...terms });
    return new DropOpening(drop);
  }

  private async rebuild(tx: Transaction, coopId: string, id: string): Promise<DropOpening> {
    const drop = await this.drops.load(tx, coopId, id);
    if (drop === null) throw new Error(`drop ${id} of a request that was accepted does not exist`);
    return new DropOpening(drop);
  }
}

/** Why claims of the edition cannot be co-signed for so many days; null when they can. */
function problemOfCosignDays(days: number, coSigner: Hex | null): string | null {
  if (days < 0 || days > MOST_COSIGN_DAYS)
    return `cosignDays was ${String(days)}; expected 0 (none) to ${String(MOST_COSIGN_DAYS)}.`;
  if (days === 0 || coSigner !== null) return null;
  return 'No co-signer key was put in place here, or another than this co-op has named. Open the drop without co-signing, or have cosigner.key put in place.';
}

/** Why a batch of the edition cannot be objected to for so many days; null when it can. */
function problemOfObjectionDays(days: number, cosignDays: number): string | null {
  if (days < 0 || days > MOST_OBJECTION_DAYS)
    return `objectionDays was ${String(days)}; expected 0 (none) to ${String(MOST_OBJECTION_DAYS)}.`;
  if (days === 0 || cosignDays === 0 || cosignDays > days) return null;
  return (
    `Claims begin once the ${String(days)} days of objection are over, when the ${String(cosignDays)} co-signed days are over ` +
    'too. Choose more co-signed days than days of objection, or none.'
  );
}
