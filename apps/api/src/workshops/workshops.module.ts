import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MembershipModule } from '../membership/index.js';
import { AddClosure } from './add-closure/add-closure.js';
import { AddClosureResolver } from './add-closure/add-closure.resolver.js';
import { AddHolidays } from './add-holidays/add-holidays.js';
import { AddHolidaysResolver } from './add-holidays/add-holidays.resolver.js';
import { Cell } from './cell.entity.js';
import { CellResolver } from './cell.resolver.js';
import { Cells } from './cells.js';
import { CellsRepository } from './cells.repository.js';
import { Changeover } from './changeover.entity.js';
import { ChangeoversRepository } from './changeovers.repository.js';
import { Changeovers } from './changeovers.js';
import { Closure } from './closure.entity.js';
import { Closures } from './closures.js';
import { CreateCell } from './create-cell/create-cell.js';
import { CreateCellResolver } from './create-cell/create-cell.resolver.js';
import { CreateWorkshop } from './create-workshop/create-workshop.js';
import { CreateWorkshopResolver } from './create-workshop/create-workshop.resolver.js';
import { GiveInduction } from './give-induction/give-induction.js';
import { GiveInductionResolver } from './give-induction/give-induction.resolver.js';
import { InductionRequirement } from './induction-requirement.entity.js';
import { Induction } from './induction.entity.js';
import { InductionsRepository } from './inductions.repository.js';
import { ListInductionsResolver } from './list-inductions/list-inductions.resolver.js';
import { ChangedHours } from './changed-hours.js';
import { OpeningHours } from './opening-hours.entity.js';
import { OpeningsRepository } from './openings.repository.js';
import { OwnHours } from './own-hours.entity.js';
import { OwnHoursRepository } from './own-hours.repository.js';
import { RemoveClosure } from './remove-closure/remove-closure.js';
import { RemoveClosureResolver } from './remove-closure/remove-closure.resolver.js';
import { RevokeInduction } from './revoke-induction/revoke-induction.js';
import { RevokeInductionResolver } from './revoke-induction/revoke-induction.resolver.js';
import { SetInductionRequirement } from './set-induction-requirement/set-induction-requirement.js';
import { SetInductionRequirementResolver } from './set-induction-requirement/set-induction-requirement.resolver.js';
import { SetOpeningHours } from './set-opening-hours/set-opening-hours.js';
import { SetOpeningHoursResolver } from './set-opening-hours/set-opening-hours.resolver.js';
import { SetOwnHours } from './set-own-hours/set-own-hours.js';
import { SetOwnHoursResolver } from './set-own-hours/set-own-hours.resolver.js';
import { SetupFamily } from './setup-family.entity.js';
import { ShowChangeoversResolver } from './show-changeovers/show-changeovers.resolver.js';
import { Station } from './station.entity.js';
import { Workshop } from './workshop.entity.js';
import { WorkshopResolver } from './workshop.resolver.js';
import { Workshops } from './workshops.js';
import { WorkshopsRepository } from './workshops.repository.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([
      Workshop,
      Cell,
      Station,
      OpeningHours,
      OwnHours,
      Closure,
      SetupFamily,
      Changeover,
      Induction,
      InductionRequirement,
    ]),
    MembershipModule,
  ],
  providers: [
    WorkshopsRepository,
    CellsRepository,
    OpeningsRepository,
    OwnHoursRepository,
    ChangeoversRepository,
    InductionsRepository,
    Workshops,
    Cells,
    Changeovers,
    Closures,
    ChangedHours,
    WorkshopResolver,
    CellResolver,
    CreateWorkshop,
    CreateWorkshopResolver,
    CreateCell,
    CreateCellResolver,
    SetOpeningHours,
    SetOpeningHoursResolver,
    AddClosure,
    AddClosureResolver,
    RemoveClosure,
    RemoveClosureResolver,
    AddHolidays,
    AddHolidaysResolver,
    SetOwnHours,
    SetOwnHoursResolver,
    SetInductionRequirement,
    SetInductionRequirementResolver,
    GiveInduction,
    GiveInductionResolver,
    RevokeInduction,
    RevokeInductionResolver,
    ListInductionsResolver,
    ShowChangeoversResolver,
  ],
  exports: [Workshops, Cells, Changeovers, Closures, ChangedHours],
})
export class WorkshopsModule {}
