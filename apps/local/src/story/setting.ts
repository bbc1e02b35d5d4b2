import { requestIdOf, type Api } from './api.ts';
import { member, type Player } from './people.ts';

export interface Setting {
  readonly coopId: string;
  readonly slug: string;
  readonly currency: string;
  readonly workshopId: string;
  readonly cells: ReadonlyMap<string, string>;
}

const CELLS = [
  {
    kind: 'print',
    name: 'Risograph',
    stations: 2,
    gridMinutes: 30,
    maxMinutes: 480,
    hourlyRateMinor: '1800',
  },
  { kind: 'cut', name: 'Cutter', stations: 1, gridMinutes: 30, maxMinutes: 480, hourlyRateMinor: '2400' },
  { kind: 'finish', name: 'Bindery', stations: 2, gridMinutes: 30, maxMinutes: 480, hourlyRateMinor: '1200' },
  { kind: 'qa', name: 'Light table', stations: 1, gridMinutes: 15, maxMinutes: 240, hourlyRateMinor: '900' },
] as const;

interface WorkshopAnswer {
  id: string;
  cells: { id: string; kind: string }[];
}

async function workshopOf(admin: Player, coopId: string): Promise<WorkshopAnswer | undefined> {
  const found = await admin.api.ask<{ edges: { node: WorkshopAnswer }[] }>(
    `query ($coopId: ID!) { workshops(coopId: $coopId, first: 1) { edges { node { id cells { id kind } } } } }`,
    { coopId },
  );
  return found.edges[0]?.node;
}

/** The workshop with its cells; made once. */
export async function furnish(
  admin: Player,
  coop: { id: string; slug: string; currency: string },
): Promise<Setting> {
  const workshop = (await workshopOf(admin, coop.id)) ?? (await createWorkshop(admin, coop.id, CANAL_STREET));
  const cells = new Map(workshop.cells.map((cell) => [cell.kind, cell.id]));
  for (const cell of CELLS) {
    if (cells.has(cell.kind)) continue;
    const made = await admin.api.does<{ cell: { id: string } }>('createCell', 'CellCreated', 'cell { id }', {
      coopId: coop.id,
      workshopId: workshop.id,
      ...cell,
    });
    cells.set(cell.kind, made.cell.id);
  }
  return { coopId: coop.id, slug: coop.slug, currency: coop.currency, workshopId: workshop.id, cells };
}

const CANAL_STREET = { name: 'Canal Street', address: 'Canal Street 7, 10999 Berlin' };
const LOCK_ROAD = { name: 'Lock Road', address: 'Lock Road 2, 20459 Hamburg' };

/** The peer has a sewing room of its own, and prints with others; made once. */
export async function furnishPeer(api: Api, { id: coopId }: { readonly id: string }): Promise<void> {
  const admin = await member(api, 'buyer');
  const workshop = (await workshopOf(admin, coopId)) ?? (await createWorkshop(admin, coopId, LOCK_ROAD));
  if (workshop.cells.length > 0) return;
  await admin.api.does('createCell', 'CellCreated', 'cell { id }', {
    ...{ coopId, workshopId: workshop.id, kind: 'sew', name: 'Sewing machine', stations: 2 },
    ...{ gridMinutes: 30, maxMinutes: 480, hourlyRateMinor: '800' },
  });
}

async function createWorkshop(
  admin: Player,
  coopId: string,
  place: { readonly name: string; readonly address: string },
): Promise<WorkshopAnswer> {
  const openingHours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
    ...{ weekday, fromMinute: 8 * 60, toMinute: 20 * 60 },
  }));
  const made = await admin.api.does<{ workshop: { id: string } }>(
    'createWorkshop',
    'WorkshopCreated',
    'workshop { id }',
    { coopId, ...place, timeZone: 'Europe/Berlin', openingHours },
  );
  return { id: made.workshop.id, cells: [] };
}

/** The agreement of the three makers, approved by each; answers the id of its version. */
export async function agree(
  setting: Setting,
  makers: readonly Player[],
  shares: readonly string[],
): Promise<string> {
  const [proposer] = makers;
  if (proposer === undefined) throw new Error('an agreement needs a party');
  const { coopId } = setting;
  const { agreement } = await proposer.api.does<{ agreement: { version: { id: string } } }>(
    'proposeAgreement',
    'AgreementProposed',
    'agreement { version { id } }',
    {
      coopId,
      name: 'Night Ferry',
      fee: '1/10',
      parties: makers.map((maker, index) => ({ accountId: maker.accountId, share: shares[index] })),
      requestId: requestIdOf('propose agreement'),
    },
  );
  const versionId = agreement.version.id;
  for (const maker of makers)
    await maker.api.does('approveAgreement', 'AgreementApproved', 'agreement { id }', {
      coopId,
      versionId,
      requestId: requestIdOf(`approve agreement ${maker.role}`),
    });
  return versionId;
}

/** Each of them has their name printed on what they make from now on, knowing that it stays; others stay pseudonyms. */
export async function credit({ coopId }: Setting, makers: readonly Player[]): Promise<void> {
  for (const { api } of makers) {
    const { displayName } = await api.ask<{ displayName: string }>('{ me { displayName } }');
    await api.does('setCredit', 'CreditSet', 'credit { prints }', {
      ...{ coopId, printedName: displayName, understood: true },
    });
  }
}
