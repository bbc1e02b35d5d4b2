import { Inject } from '@nestjs/common';
import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Database } from '../platform/database/index.js';
import { loaderOf, type GraphqlContext } from '../platform/graphql/index.js';
import { CellsRepository } from './cells.repository.js';
import { ChangeoversRepository, type CellSetup } from './changeovers.repository.js';
import { closuresFor } from './closures-for.js';
import { InductionRequirementType } from './induction.types.js';
import { InductionsRepository } from './inductions.repository.js';
import { groupByKey, keyOf, keysOf } from './keys.js';
import { OpeningsRepository } from './openings.repository.js';
import { OwnHoursRepository } from './own-hours.repository.js';
import { CellType, ClosureType, OwnHoursType, StationType } from './workshop.types.js';

interface OfCell {
  readonly coopId: string;
  readonly cellId: string;
  readonly workshopId: string;
}

interface PlacedKey {
  readonly coopId: string;
  readonly id: string;
  readonly workshopId: string;
}

/** What hangs on a cell, each in one query for all cells of a request. */
@Resolver(() => CellType)
export class CellResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CellsRepository) private readonly cells: CellsRepository,
    @Inject(OpeningsRepository) private readonly openings: OpeningsRepository,
    @Inject(OwnHoursRepository) private readonly hours: OwnHoursRepository,
    @Inject(ChangeoversRepository) private readonly setups: ChangeoversRepository,
    @Inject(InductionsRepository) private readonly inductions: InductionsRepository,
  ) {}

  @ResolveField(() => [StationType])
  stations(@Parent() cell: CellType, @Context() context: GraphqlContext): Promise<StationType[]> {
    return loaderOf<StationType[]>(
      context,
      'stationsOfCell',
      async (keys) =>
        groupByKey(await this.cells.stationsOf(this.database, keysOf(keys)), (row) =>
          keyOf(row.coopId, row.cellId),
        ),
      [],
    ).load(keyOf(cell.coopId, cell.id));
  }

  @ResolveField(() => [OwnHoursType], {
    description: "Hours of the cell and of its stations in the place of the workshop's.",
  })
  ownHours(@Parent() cell: CellType, @Context() context: GraphqlContext): Promise<OwnHoursType[]> {
    return loaderOf<OwnHoursType[]>(
      context,
      'ownHoursOfCell',
      async (keys) => groupByKey(await this.hours.ofCells(this.database, placedKeys(keys)), placedKey),
      [],
    ).load(placedKey({ ...cell, cellId: cell.id }));
  }

  @ResolveField(() => [ClosureType], {
    description: 'Of the cell and of its stations; what is not over yet, at most 50.',
  })
  async closures(@Parent() cell: CellType, @Context() context: GraphqlContext): Promise<ClosureType[]> {
    const found = await loaderOf<ClosureType[]>(
      context,
      'closuresOfCell',
      async (keys) =>
        groupByKey(await this.openings.comingClosuresOfCells(this.database, placedKeys(keys)), placedKey),
      [],
    ).load(placedKey({ ...cell, cellId: cell.id }));
    return closuresFor(context.actor, cell.coopId, found);
  }

  @ResolveField(() => [String], { description: 'What its stations can be set up for.' })
  async families(@Parent() cell: CellType, @Context() context: GraphqlContext): Promise<readonly string[]> {
    return (await this.setupOf(cell, context))?.families ?? [];
  }

  @ResolveField(() => String, { nullable: true, description: 'The family of whoever names none.' })
  async defaultFamily(@Parent() cell: CellType, @Context() context: GraphqlContext): Promise<string | null> {
    return (await this.setupOf(cell, context))?.defaultFamily ?? null;
  }

  @ResolveField(() => InductionRequirementType, {
    nullable: true,
    description: 'Null when any member may book it.',
  })
  async inductionRequirement(
    @Parent() cell: CellType,
    @Context() context: GraphqlContext,
  ): Promise<InductionRequirementType | null> {
    const required = await loaderOf<InductionRequirementType[]>(
      context,
      'inductionRequirementsOfCoop',
      async (coopIds) =>
        groupByKey(await this.inductions.requirementsOf(this.database, coopIds), (row) => row.coopId),
      [],
    ).load(cell.coopId);
    return required.find((requirement) => requirement.cellKind === cell.kind) ?? null;
  }

  private setupOf(cell: CellType, context: GraphqlContext): Promise<CellSetup | null> {
    return loaderOf<CellSetup | null>(
      context,
      'setupOfCell',
      async (keys) => {
        const setups = await this.setups.ofCells(this.database, keysOf(keys));
        return new Map(setups.map((setup) => [keyOf(setup.coopId, setup.cellId), setup]));
      },
      null,
    ).load(keyOf(cell.coopId, cell.id));
  }
}

function placedKey({ coopId, cellId, workshopId }: OfCell): string {
  return `${coopId} ${cellId} ${workshopId}`;
}

function placedKeys(keys: readonly string[]): PlacedKey[] {
  return keys.map((key) => {
    const [coopId = '', id = '', workshopId = ''] = key.split(' ');
    return { coopId, id, workshopId };
  });
}
