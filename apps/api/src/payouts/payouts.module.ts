import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Agreements } from './agreements.js';
import { AgreementsRepository } from './agreements.repository.js';
import { AgreementsResolver } from './agreements/agreements.resolver.js';
import { ApproveAgreement } from './approve-agreement/approve-agreement.js';
import { ApproveAgreementResolver } from './approve-agreement/approve-agreement.resolver.js';
import { AGREEMENT_ENTITIES } from './agreement.entities.js';
import { LEDGER_ENTITIES } from './ledger.entities.js';
import { LedgerRepository } from './ledger.repository.js';
import { Postings } from './postings.js';
import { ProposeAgreement } from './propose-agreement/propose-agreement.js';
import { ProposeAgreementResolver } from './propose-agreement/propose-agreement.resolver.js';
import { Statements } from './statement/statement.js';
import { StatementRepository } from './statement/statement.repository.js';
import { StatementResolver } from './statement/statement.resolver.js';

@Module({
  imports: [TypeOrmModule.forFeature([...AGREEMENT_ENTITIES, ...LEDGER_ENTITIES])],
  providers: [
    Agreements,
    AgreementsRepository,
    AgreementsResolver,
    ApproveAgreement,
    ApproveAgreementResolver,
    LedgerRepository,
    Postings,
    ProposeAgreement,
    ProposeAgreementResolver,
    StatementRepository,
    StatementResolver,
    Statements,
  ],
  exports: [Agreements, Postings],
})
export class PayoutsModule {}
