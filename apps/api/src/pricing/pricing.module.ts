import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { WorkshopsModule } from '../workshops/index.js';
import { SetTariff } from './set-tariff/set-tariff.js';
import { SetTariffResolver } from './set-tariff/set-tariff.resolver.js';
import { ShowTariffResolver } from './show-tariff/show-tariff.resolver.js';
import { TariffEntity } from './tariff.entity.js';
import { TariffsRepository } from './tariffs.repository.js';

@Module({
  imports: [TypeOrmModule.forFeature([TariffEntity]), WorkshopsModule],
  providers: [TariffsRepository, SetTariff, SetTariffResolver, ShowTariffResolver],
})
export class PricingModule {}
