import type { Player } from './people.ts';
import type { Setting } from './setting.ts';

/** The inks of the Risograph; whoever names none prints in black. */
export const INKS = ['black', 'bright-red', 'medium-blue'] as const;

// A drum is changed in a quarter of an hour; after red the paper path has to be cleaned as well.
const DRUM_CHANGES = [
  { from: '*', to: '*', minutes: 15, costMinor: '150' },
  { from: 'bright-red', to: '*', minutes: 30, costMinor: '400' },
];

// The Risograph is opened an hour before the workshop and closed two hours after it.
const PRINT_HOURS = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
  ...{ weekday, fromMinute: 7 * 60, toMinute: 22 * 60 },
}));

/** Inks, changeovers and hours of the Risograph, and an induction for everybody who may use it; made once. */
export async function equip(
  setting: Setting,
  admin: Player,
  operator: Player,
  everybody: readonly Player[],
): Promise<void> {
  const { coopId } = setting;
  const cellId = setting.cells.get('print');
  await admin.api.does('setChangeovers', 'ChangeoversSet', 'changeovers { families }', {
    ...{ coopId, cellId, families: INKS, defaultFamily: 'black', rows: DRUM_CHANGES },
  });
  await admin.api.does('setOwnHours', 'OwnHoursSet', 'cell { id }', {
    ...{ coopId, cellId, openingHours: PRINT_HOURS },
  });
  await admin.api.does('setInductionRequirement', 'InductionRequirementSet', 'cellKind', {
    ...{ coopId, cellKind: 'print' },
    howToGet: 'Come to the drum tour on Tuesday at 17:00, or ask an operator for half an hour.',
  });
  for (const person of everybody) await induct(setting, operator, person);
}

async function induct({ coopId }: Setting, operator: Player, person: Player): Promise<void> {
  const { accountId } = person;
  const known = await operator.api.ask<{ edges: unknown[] }>(
    `query ($coopId: ID!, $accountId: ID!) { inductions(coopId: $coopId, accountId: $accountId, first: 1) { edges { cursor } } }`,
    { coopId, accountId },
  );
  if (known.edges.length > 0) return;
  await operator.api.does('giveInduction', 'InductionGiven', 'induction { id }', {
    ...{ coopId, accountId, cellKind: 'print' },
  });
}
