import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AllowancesModule } from './allowances/index.js';
import { BookingModule } from './booking/index.js';
import { CatalogModule } from './catalog/index.js';
import { CertificatesModule } from './certificates/index.js';
import { ChainModule } from './chain/index.js';
import { ExchangeModule } from './exchange/index.js';
import { ExportsModule } from './exports/index.js';
import { InsightsModule } from './insights/index.js';
import { FeedsModule } from './feeds/index.js';
import { LiveModule } from './live/index.js';
import { MembershipModule } from './membership/index.js';
import { NamingModule } from './naming/index.js';
import { NoticesModule } from './notices/index.js';
import { OrdersModule } from './orders/index.js';
import { PayoutsModule } from './payouts/index.js';
import { AccessGuard } from './platform/auth/index.js';
import { GraphqlApiModule } from './platform/graphql/graphql.module.js';
import { PlatformModule } from './platform/platform.module.js';
import type { Config } from './platform/config/config.js';
import { PricingModule } from './pricing/index.js';
import { ProductionModule } from './production/index.js';
import { RoundsModule } from './rounds/index.js';
import { TapsModule } from './taps/index.js';
import { WorkshopsModule } from './workshops/index.js';

/** The features, in the order of the main job. */
export const FEATURES: Type[] = [
  MembershipModule,
  NoticesModule,
  WorkshopsModule,
  PricingModule,
  AllowancesModule,
  BookingModule,
  LiveModule,
  FeedsModule,
  PayoutsModule,
  ExchangeModule,
  CatalogModule,
  OrdersModule,
  ProductionModule,
  ChainModule,
  RoundsModule,
  NamingModule,
  TapsModule,
  CertificatesModule,
  ExportsModule,
  InsightsModule,
];

/** The whole product in one process. */
@Module({})
export class AppModule {
  static with(config: Config, processName: string): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.with(config, processName),
        GraphqlApiModule.with(MembershipModule),
        ...FEATURES,
      ],
      providers: [{ provide: APP_GUARD, useClass: AccessGuard }],
    };
  }
}
