import { Inject, Injectable } from '@nestjs/common';
import { type Transaction, Transactions, claimRequest } from '../../platform/database/index.js';
import { InputRefused, NotFound, RequestIdReused, isUuid } from '../../platform/graphql/index.js';
import { TagsRepository } from '../tags.repository.js';
import { type RetireTagInput, type RetireTagOutcome, TagRetired } from './retire-tag.types.js';

const LONGEST = 500;

/** Takes a tag out of use, because it broke or was written down for the wrong piece; its taps say nothing from then on. */
@Injectable()
export class RetireTag {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(TagsRepository) private readonly tags: TagsRepository,
  ) {}

  async run(accountId: string, input: RetireTagInput): Promise<RetireTagOutcome> {
    const words = input.words.trim();
    if (words === '' || words.length > LONGEST)
      return new InputRefused(
        'words',
        `words has ${String(words.length)} characters; expected 1 to ${String(LONGEST)}.`,
      );
    if (!isUuid(input.tagId)) return new NotFound('tag');
    return this.transactions.run<'TagRetired', RetireTagOutcome>(['TagRetired'], (tx) =>
      this.retire(tx, accountId, { ...input, words }),
    );
  }

  private async retire(tx: Transaction, accountId: string, input: RetireTagInput): Promise<RetireTagOutcome> {
    const { requestId, coopId, tagId, words } = input;
    const request = { actorId: accountId, operation: 'retireTag', requestId, input, subjectId: tagId };
    const known = await claimRequest(tx, request);
    if (known.kind === 'Reused') return new RequestIdReused();
    if (known.kind === 'Fresh') await this.tags.retire(tx, coopId, tagId, words, await tx.now());
    const tag = await this.tags.byId(tx, coopId, tagId);
    return tag === null ? new NotFound('tag') : new TagRetired(tag);
  }
}
