import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { InputRefused, Refusal, RequestIdReused, resultUnion } from '../../platform/graphql/index.js';
import { WorkType } from '../catalog.types.js';

@InputType()
export class RecipeOperationInput {
  @Field(() => String, { description: 'The kind of cell that does it, e.g. print.' }) cellKind!: string;
  @Field(() => String) name!: string;
  @Field(() => Int) setupMinutes!: number;
  @Field(() => Int) minutesPerUnit!: number;
}

@InputType()
export class CreateWorkInput {
  @Field(() => ID) coopId!: string;
  @Field(() => String, { description: '2 to 32 capital letters, digits and hyphens.' }) sku!: string;
  @Field(() => String) title!: string;
  @Field(() => String) description!: string;
  @Field(() => String) materials!: string;
  @Field(() => [RecipeOperationInput], { description: 'In the order of the work.' })
  recipe!: RecipeOperationInput[];
  @Field(() => ID) requestId!: string;
}

@ObjectType()
export class WorkCreated {
  readonly kind = 'WorkCreated';
  @Field(() => WorkType) work: WorkType;

  constructor(work: WorkType) {
    this.work = work;
  }
}

/** Another work of the co-op has this SKU. */
@ObjectType({ implements: () => [Refusal] })
export class SkuTaken implements Refusal {
  readonly kind = 'SkuTaken';
  @Field(() => String) message: string;

  constructor(sku: string) {
    this.message = `Another work of this co-op has the SKU ${sku}. Choose a new one.`;
  }
}

export type CreateWorkOutcome = WorkCreated | InputRefused | SkuTaken | RequestIdReused;

export const CreateWorkResult = resultUnion('CreateWorkResult', () => [
  WorkCreated,
  InputRefused,
  SkuTaken,
  RequestIdReused,
]);
