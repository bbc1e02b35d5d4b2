import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AddClosure } from './add-closure/add-closure.js';
import { AddClosureResolver } from './add-closure/add-closure.resolver.js';
import { Cell } from './cell.entity.js';
import { Cells } from './cells.js';
import { CellsRepository } from './cells.repository.js';
import { Changeover } from './changeover.entity.js';
import { Closure } from './closure.entity.js';
import { CreateCell } from './create-cell/create-cell.js';
import { CreateCellResolver } from './create-cell/create-cell.resolver.js';
import { CreateWorkshop } from './create-workshop/create-workshop.js';
import { CreateWorkshopResolver } from './create-workshop/create-workshop.resolver.js';
import { Induction } from './induction.entity.js';
import { InductionRequirement } from './induction-requirement.entity.js';
import { OpeningHours } from './opening-hours.entity.js';
import { OpeningsRepository } from './openings.repository.js';
import { OwnHours } from './own-hours.entity.js';
import { RemoveClosure } from './remove-closure/remove-closure.js';
import { RemoveClosureResolver } from './remove-closure/remove-closure.resolver.js';
import { SetupFamily } from './setup-family.entity.js';
import { SetOpeningHours } from './set-opening-hours/set-opening-hours.js';
import { SetOpeningHoursResolver } from './set-opening-hours/set-opening-hours.resolver.js';
import { Station } from './station.entity.js';
import { Workshop } from './workshop.entity.js';
import { CellResolver, WorkshopResolver } from './workshop.resolver.js';
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
  ],
  providers: [
    WorkshopsRepository,
    CellsRepository,
    OpeningsRepository,
    Workshops,
    Cells,
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
  ],
  exports: [Workshops, Cells],
})
export class WorkshopsModule {}
