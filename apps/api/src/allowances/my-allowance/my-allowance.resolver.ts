import { Inject } from '@nestjs/common';
import { Args, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { quotaUses } from '@touchmark/allowances';
import { Access, CurrentActor, ROLES, accountOf, type Actor } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import {
  Instant,
  PageArgs,
  badUserInput,
  connectionOf,
  isUuid,
  pageRequest,
  type Connection,
} from '../../platform/graphql/index.js';
import { Workshops } from '../../workshops/index.js';
import { allowanceJson, allowanceOf } from '../allowance-sql.js';
import { CreditsConnection, type CreditsType } from '../allowances.types.js';
import { creditsView } from '../credits-view.js';
import { CreditsRepository } from '../credits.repository.js';
import { AllowanceType } from './my-allowance.types.js';

const OF_MEMBER = `
  WITH asked AS (SELECT app_now() AS now, coalesce($3::timestamptz, app_now()) AS at)
  SELECT membership.class AS "memberClass", asked.now, asked.at,
    ${allowanceJson({ coopId: '$1', accountId: '$2', cellKind: 'NULL::text', fromAt: 'asked.at' })} AS allowance
   FROM membership CROSS JOIN asked WHERE membership.coop_id = $1 AND membership.account_id = $2`;

interface MemberRow extends Record<string, unknown> {
  readonly memberClass: string;
  readonly now: Date;
  readonly at: Date;
  readonly allowance: string | null;
}

@Resolver(() => AllowanceType)
export class MyAllowanceResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Workshops) private readonly workshops: Workshops,
    @Inject(CreditsRepository) private readonly credits: CreditsRepository,
  ) {}

  @Access({ roles: ROLES })
  @Query(() => AllowanceType, {
    nullable: true,
    description:
      "The caller's quotas in a co-op, in the week and month of `at` in a workshop, and their credits.",
  })
  async myAllowance(
    @CurrentActor() actor: Actor,
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args('workshopId', { type: () => ID, description: 'Whose clocks tell the week and month.' })
    workshopId: string,
    @Args('at', { type: () => Instant, nullable: true, description: 'Now when left out.' }) at?: Date | null,
  ): Promise<AllowanceType | null> {
    const accountId = accountOf(actor);
    const workshop = await this.workshops.byId(this.database, coopId, workshopId);
    if (workshop === null) return null;
    const [row] = await this.database.query<MemberRow>(OF_MEMBER, [coopId, accountId, at ?? null]);
    if (row === undefined) return null;
    const allowance = allowanceOf(row.allowance);
    const uses = quotaUses(allowance, workshop.timeZone, row.at.getTime(), row.now.getTime());
    const quotas = uses.map((use) => ({
      ...use,
      fromAt: new Date(use.fromAt),
      toAt: new Date(use.toAt),
      leftMinutes: Math.max(use.limitMinutes - use.usedMinutes, 0),
    }));
    return { coopId, accountId, memberClass: row.memberClass, quotas };
  }

  @ResolveField(() => CreditsConnection, { name: 'credits', description: 'Newest first.' })
  async ofMember(@Parent() of: AllowanceType, @Args() page: PageArgs): Promise<Connection<CreditsType>> {
    const request = pageRequest(page, 1);
    if (request.after?.every(isUuid) === false) throw badUserInput('after is not a cursor of this list.');
    const rows = await this.credits.page(this.database, of.coopId, of.accountId, request);
    return connectionOf(rows, request, (row) => [row.id], creditsView);
  }
}
