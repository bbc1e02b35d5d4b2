import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { groupBy, keyOf, keysOf } from '../../catalog/index.js';
import { Access, type Actor, CurrentActor, accountOf } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import { loaderOf, type GraphqlContext } from '../../platform/graphql/index.js';
import { RunType } from '../production.types.js';
import { MOST_IN_ALL } from './add-photo.js';
import {
  ProductionPhotoType,
  RemovePhotoInput,
  type RemovePhotoOutcome,
  RemovePhotoResult,
  TakeDownPhotoInput,
  type TakeDownPhotoOutcome,
  TakeDownPhotoResult,
} from './photo.types.js';
import { PhotosRepository } from './photos.repository.js';
import { RemovePhoto } from './remove-photo.js';
import { TakeDownPhoto } from './take-down-photo.js';

@Resolver(() => RunType)
export class PhotosResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PhotosRepository) private readonly repository: PhotosRepository,
    @Inject(RemovePhoto) private readonly remove: RemovePhoto,
    @Inject(TakeDownPhoto) private readonly takeDown: TakeDownPhoto,
  ) {}

  @ResolveField(() => [ProductionPhotoType], {
    description: `Of the run and of its pieces, oldest first; at most ${String(MOST_IN_ALL)}.`,
  })
  photos(@Parent() run: RunType, @Context() context: GraphqlContext): Promise<ProductionPhotoType[]> {
    const load = async (keys: readonly string[]) =>
      groupBy(await this.repository.ofRuns(this.database, keysOf(keys)), (photo) =>
        keyOf(photo.coopId, photo.runId),
      );
    return loaderOf<ProductionPhotoType[]>(context, 'photos of run', load, []).load(
      keyOf(run.coopId, run.id),
    );
  }

  @Access({ roles: ['operator', 'admin'] })
  @Mutation(() => RemovePhotoResult, {
    description: 'Takes away a photo that no certificate names. Photos are added by POST /photos.',
  })
  removePhoto(
    @Args('input', { type: () => RemovePhotoInput }) input: RemovePhotoInput,
  ): Promise<RemovePhotoOutcome> {
    return this.remove.run(input);
  }

  @Access({ roles: ['operator', 'admin'] })
  @Mutation(() => TakeDownPhotoResult, {
    description:
      'Takes a photo down that certificates name, for good: its bytes are deleted; its digest, and every proof, stay.',
  })
  takeDownPhoto(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => TakeDownPhotoInput }) input: TakeDownPhotoInput,
  ): Promise<TakeDownPhotoOutcome> {
    return this.takeDown.run(accountOf(actor), input);
  }
}
