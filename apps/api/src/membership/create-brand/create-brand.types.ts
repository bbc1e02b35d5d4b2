import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { InputRefused, resultUnion } from '../../platform/graphql/index.js';

@InputType()
export class CreateBrandInput {
  @Field(() => String) name!: string;
}

@ObjectType()
export class BrandCreated {
  readonly kind = 'BrandCreated';
  @Field(() => ID) brandId: string;

  constructor(brandId: string) {
    this.brandId = brandId;
  }
}

export const CreateBrandResult = resultUnion('CreateBrandResult', () => [BrandCreated, InputRefused]);
