import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PayoutsModule } from '../payouts/index.js';
import { WorkshopsModule } from '../workshops/index.js';
import { ALLOWANCE_ENTITIES } from './allowances.entities.js';
import { BrowseCreditsResolver } from './browse-credits/browse-credits.resolver.js';
import { BuyCredits } from './buy-credits/buy-credits.js';
import { BuyCreditsResolver } from './buy-credits/buy-credits.resolver.js';
import { CreateCreditPack } from './create-credit-pack/create-credit-pack.js';
import { CreateCreditPackResolver } from './create-credit-pack/create-credit-pack.resolver.js';
import { CreditUses } from './credit-uses.js';
import { CreditsRepository } from './credits.repository.js';
import { ExpireCredits } from './expire-credits/expire-credits.js';
import { MyAllowanceResolver } from './my-allowance/my-allowance.resolver.js';
import { PacksRepository } from './packs.repository.js';
import { QuotasRepository } from './quotas.repository.js';
import { RetireCreditPack } from './retire-credit-pack/retire-credit-pack.js';
import { RetireCreditPackResolver } from './retire-credit-pack/retire-credit-pack.resolver.js';
import { SetQuotas } from './set-quotas/set-quotas.js';
import { SetQuotasResolver } from './set-quotas/set-quotas.resolver.js';

@Module({
  imports: [TypeOrmModule.forFeature(ALLOWANCE_ENTITIES), PayoutsModule, WorkshopsModule],
  providers: [
    BrowseCreditsResolver,
    BuyCredits,
    BuyCreditsResolver,
    CreateCreditPack,
    CreateCreditPackResolver,
    CreditUses,
    CreditsRepository,
    ExpireCredits,
    MyAllowanceResolver,
    PacksRepository,
    QuotasRepository,
    RetireCreditPack,
    RetireCreditPackResolver,
    SetQuotas,
    SetQuotasResolver,
  ],
  exports: [CreditUses],
})
export class AllowancesModule {}
