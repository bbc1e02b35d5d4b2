import { Module } from '@nestjs/common';
import { MembershipModule } from '../membership/index.js';
import { WorkshopsModule } from '../workshops/index.js';
import { ShowUtilisation } from './show-utilisation/show-utilisation.js';
import { ShowUtilisationResolver } from './show-utilisation/show-utilisation.resolver.js';
import { SimulateTariff } from './simulate-tariff/simulate-tariff.js';
import { SimulateTariffResolver } from './simulate-tariff/simulate-tariff.resolver.js';
import { WorkshopUseRepository } from './workshop-use.repository.js';

@Module({
  imports: [MembershipModule, WorkshopsModule],
  providers: [
    WorkshopUseRepository,
    ShowUtilisation,
    ShowUtilisationResolver,
    SimulateTariff,
    SimulateTariffResolver,
  ],
})
export class InsightsModule {}
