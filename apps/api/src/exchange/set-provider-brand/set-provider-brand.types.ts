import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { NotFound, resultUnion } from '../../platform/graphql/index.js';

@InputType()
export class SetProviderBrandInput {
  @Field(() => ID, { description: 'The provider that the brand will act for.' }) coopId!: string;
  @Field(() => ID, { description: 'A brand of your own.' }) brandId!: string;
}

@ObjectType()
export class ProviderBrandSet {
  readonly kind = 'ProviderBrandSet';
  @Field(() => ID) coopId: string;
  @Field(() => ID) brandId: string;

  constructor(coopId: string, brandId: string) {
    this.coopId = coopId;
    this.brandId = brandId;
  }
}

export type SetProviderBrandOutcome = ProviderBrandSet | NotFound;

export const SetProviderBrandResult = resultUnion('SetProviderBrandResult', () => [
  ProviderBrandSet,
  NotFound,
]);
