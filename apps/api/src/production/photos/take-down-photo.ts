import { Inject, Injectable } from '@nestjs/common';
import { Database, Transactions } from '../../platform/database/index.js';
import { InputRefused, NotFound, isUuid } from '../../platform/graphql/index.js';
import {
  PhotoNotNamed,
  PhotoTakenDown,
  type TakeDownPhotoInput,
  type TakeDownPhotoOutcome,
} from './photo.types.js';
import { PhotosRepository } from './photos.repository.js';

const LONGEST_WHY = 500;

/** Takes the bytes of a photo away that certificates name; they keep its digest, and their proof stands. */
@Injectable()
export class TakeDownPhoto {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(PhotosRepository) private readonly photos: PhotosRepository,
  ) {}

  /** Asked again it changes nothing and answers the same. */
  async run(
    accountId: string,
    { coopId, photoId: id, why: given }: TakeDownPhotoInput,
  ): Promise<TakeDownPhotoOutcome> {
    const why = given.normalize('NFC').trim();
    if (why === '' || [...why].length > LONGEST_WHY)
      return new InputRefused(
        'why',
        `why takes 1 to ${String(LONGEST_WHY)} characters, for the co-op alone.`,
      );
    const known = isUuid(id) ? await this.photos.byId(this.database, { coopId, id }) : null;
    if (known === null) return new NotFound('photo');
    return this.transactions.run<'PhotoTakenDown', TakeDownPhotoOutcome>(['PhotoTakenDown'], async (tx) => {
      await tx.lock('run', coopId, [known.runId]);
      const photo = await this.photos.byId(tx, known);
      if (photo === null) return new NotFound('photo');
      if (!(await this.photos.isCertified(tx, photo))) return new PhotoNotNamed();
      await this.photos.takeDown(tx, photo, accountId, why);
      const after = await this.photos.byId(tx, known);
      return after === null ? new NotFound('photo') : new PhotoTakenDown(after);
    });
  }
}
