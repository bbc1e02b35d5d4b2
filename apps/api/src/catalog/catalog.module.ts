import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PayoutsModule } from '../payouts/index.js';
import { BrowseWorksResolver } from './browse-works/browse-works.resolver.js';
import { EditionFieldsResolver, WorkFieldsResolver } from './browse-works/work-fields.resolver.js';
import { CreateEdition } from './create-edition/create-edition.js';
import { CreateEditionResolver } from './create-edition/create-edition.resolver.js';
import { CreateWork } from './create-work/create-work.js';
import { CreateWorkResolver } from './create-work/create-work.resolver.js';
import { EditionEntity } from './edition.entity.js';
import { Editions } from './editions.js';
import { EditionsRepository } from './editions.repository.js';
import { GtinEntity } from './gtin.entity.js';
import { RecipeOperationEntity } from './recipe-operation.entity.js';
import { WorkEntity } from './work.entity.js';
import { Recipes, Works } from './works.js';
import { WorksRepository } from './works.repository.js';

/** Works with their recipes, and editions with their numbers. */
@Module({
  imports: [
    TypeOrmModule.forFeature([WorkEntity, RecipeOperationEntity, EditionEntity, GtinEntity]),
    PayoutsModule,
  ],
  providers: [
    WorksRepository,
    EditionsRepository,
    Works,
    Recipes,
    Editions,
    CreateWork,
    CreateWorkResolver,
    CreateEdition,
    CreateEditionResolver,
    BrowseWorksResolver,
    WorkFieldsResolver,
    EditionFieldsResolver,
  ],
  exports: [Works, Recipes, Editions],
})
export class CatalogModule {}
