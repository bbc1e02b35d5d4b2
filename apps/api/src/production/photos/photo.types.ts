import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import type { PhotoType } from '@touchmark/production';
import { InputRefused, Instant, NotFound, Refusal, resultUnion } from '../../platform/graphql/index.js';

/** A photo of the making of a run, or of one of its pieces. */
@ObjectType('ProductionPhoto')
export class ProductionPhotoType {
  coopId!: string;
  runId!: string;
  @Field(() => ID) id!: string;
  @Field(() => ID, { nullable: true, description: 'The piece it shows; null when it is of the whole run.' })
  unitId!: string | null;
  @Field(() => String, { description: 'In hex; the photo is at /photos/<sha256>.' }) sha256!: string;
  @Field(() => String, { description: 'image/jpeg, image/png or image/webp.' }) type!: PhotoType;
  @Field(() => String) caption!: string;
  @Field(() => Instant) addedAt!: Date;
  @Field(() => Instant, {
    nullable: true,
    description: 'Since when a certificate names it, so that everybody may see it.',
  })
  publishedAt!: Date | null;
  @Field(() => Instant, {
    nullable: true,
    description: 'Since when it is taken down: nobody sees it any more, and certificates keep its digest.',
  })
  takenDownAt!: Date | null;
  @Field(() => String, { nullable: true, description: 'Why it was taken down, for the co-op alone.' })
  takenDownWhy!: string | null;
}

@InputType()
export class RemovePhotoInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) photoId!: string;
}

@ObjectType()
export class PhotoRemoved {
  readonly kind = 'PhotoRemoved';
  @Field(() => ID) photoId: string;

  constructor(photoId: string) {
    this.photoId = photoId;
  }
}

/** A certificate names the photo by its digest, or pieces passed with it, so it stays. */
@ObjectType({ implements: () => [Refusal] })
export class PhotoCertified implements Refusal {
  readonly kind = 'PhotoCertified';
  @Field(() => String) message =
    'A piece has passed since this photo was added, so its certificate names it, and the photo stays.';
}

export type RemovePhotoOutcome = PhotoRemoved | PhotoCertified | NotFound;
export const RemovePhotoResult = resultUnion('RemovePhotoResult', () => [
  PhotoRemoved,
  PhotoCertified,
  NotFound,
]);

@InputType()
export class TakeDownPhotoInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) photoId!: string;
  @Field(() => String, { description: 'Why, in 1 to 500 characters; members of the co-op read it.' })
  why!: string;
}

@ObjectType()
export class PhotoTakenDown {
  readonly kind = 'PhotoTakenDown';
  @Field(() => ProductionPhotoType) photo: ProductionPhotoType;

  constructor(photo: ProductionPhotoType) {
    this.photo = photo;
  }
}

/** No certificate names the photo, so nothing of it has to stay. */
@ObjectType({ implements: () => [Refusal] })
export class PhotoNotNamed implements Refusal {
  readonly kind = 'PhotoNotNamed';
  @Field(() => String) message =
    'No certificate names this photo. Remove it instead: then nothing of it stays.';
}

export type TakeDownPhotoOutcome = PhotoTakenDown | PhotoNotNamed | InputRefused | NotFound;
export const TakeDownPhotoResult = resultUnion('TakeDownPhotoResult', () => [
  PhotoTakenDown,
  PhotoNotNamed,
  InputRefused,
  NotFound,
]);
