import { Inject, Injectable } from '@nestjs/common';
import { isTagUid } from '@touchmark/taps';
import { Transactions, type Transaction, claimRequest, newId } from '../../platform/database/index.js';
import { InputRefused, NotFound, RequestIdReused } from '../../platform/graphql/index.js';
import { type Piece, Pieces } from '../piece.js';
import { TagKeyRing } from '../tag-keys.js';
import { TagsRepository } from '../tags.repository.js';
import {
  type RegisterTagInput,
  type RegisterTagOutcome,
  TagRegistered,
  TagTaken,
} from './register-tag.types.js';

/** Binds a tag to the certificate of the piece that it is in. */
@Injectable()
export class RegisterTag {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Pieces) private readonly pieces: Pieces,
    @Inject(TagKeyRing) private readonly keys: TagKeyRing,
    @Inject(TagsRepository) private readonly tags: TagsRepository,
  ) {}

  async run(accountId: string, input: RegisterTagInput): Promise<RegisterTagOutcome> {
    const coopId = input.coopId.toLowerCase();
    const uid = input.uid.replaceAll(':', '').toLowerCase();
    if (!isTagUid(uid))
      return new InputRefused('uid', 'uid is not 7 bytes of hex, such as 04:de:5f:1e:ac:c0:40.');
    if (input.keyVersion < 0) return new InputRefused('keyVersion', 'keyVersion is below 0.');
    if ((await this.keys.issuerKeyOf(coopId)) === null)
      return new InputRefused(
        'uid',
        'This installation has no key for tags: its operator puts tags.key in place.',
      );
    const piece = await this.pieces.find(input.gtin, input.serial);
    if (piece?.coopId !== coopId) return new NotFound('piece');
    return this.transactions.run<'TagRegistered', RegisterTagOutcome>(['TagRegistered'], (tx) =>
      this.register(tx, accountId, { ...input, uid }, piece),
    );
  }

  private async register(
    tx: Transaction,
    accountId: string,
    input: RegisterTagInput,
    piece: Piece,
  ): Promise<RegisterTagOutcome> {
    const { coopId } = piece;
    const { requestId, ...asked } = input;
    const id = newId();
    const request = { actorId: accountId, operation: 'registerTag', requestId, input: asked, subjectId: id };
    const known = await claimRequest(tx, request);
    if (known.kind === 'Reused') return new RequestIdReused();
    if (known.kind === 'Seen') {
      const tag = await this.tags.byId(tx, coopId, known.subjectId);
      return tag === null ? new NotFound('tag') : new TagRegistered(tag);
    }
    if (!(await this.tags.isCertified(tx, piece))) return new NotFound('certificate');
    const { uid, keyVersion } = input;
    await this.tags.lockUid(tx, coopId, uid);
    const registeredAt = await tx.now();
    const tag = await this.tags.insert(tx, { ...piece, id, uid, keyVersion, registeredAt }, accountId);
    return tag === null ? new TagTaken() : new TagRegistered(tag);
  }
}
