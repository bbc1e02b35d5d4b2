import { Field, ObjectType } from '@nestjs/graphql';
import { TariffType, TariffVersion } from '../tariff.types.js';

@ObjectType()
export class TariffInForce {
  @Field(() => TariffType, { description: 'With nothing set: the base rate alone.' }) tariff!: TariffType;
  @Field(() => TariffVersion, { nullable: true, description: 'Null when nothing is set.' })
  version!: TariffVersion | null;
}
