import { Module } from '@nestjs/common';
import { Agreements } from './agreements.js';
import { AgreementsRepository } from './agreements.repository.js';
import { LedgerRepository } from './ledger.repository.js';
import { Postings } from './postings.js';

@Module({
  providers: [Agreements, AgreementsRepository, LedgerRepository, Postings],
  exports: [Agreements, Postings],
})
export class PayoutsModule {}
