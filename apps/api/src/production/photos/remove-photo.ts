import { Inject, Injectable } from '@nestjs/common';
import { Database, Transactions } from '../../platform/database/index.js';
import { NotFound, isUuid } from '../../platform/graphql/index.js';
import {
  PhotoCertified,
  PhotoRemoved,
  type RemovePhotoInput,
  type RemovePhotoOutcome,
} from './photo.types.js';
import { PhotosRepository } from './photos.repository.js';

/** Takes away a photo that no certificate names or will name. */
@Injectable()
export class RemovePhoto {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(PhotosRepository) private readonly photos: PhotosRepository,
  ) {}

  async run({ coopId, photoId: id }: RemovePhotoInput): Promise<RemovePhotoOutcome> {
    const known = isUuid(id) ? await this.photos.byId(this.database, { coopId, id }) : null;
    if (known === null) return new NotFound('photo');
    return this.transactions.run<'PhotoRemoved', RemovePhotoOutcome>(['PhotoRemoved'], async (tx) => {
      await tx.lock('run', coopId, [known.runId]);
      const photo = await this.photos.byId(tx, known);
      if (photo === null) return new NotFound('photo');
      if (await this.photos.isCertified(tx, photo)) return new PhotoCertified();
      await this.photos.remove(tx, photo);
      return new PhotoRemoved(photo.id);
    });
  }
}
