// Makes the co-op of the benchmark through the product's own use cases, in a process that then ends.
import { pathToFileURL } from 'node:url';
import { inRoot } from '../../apps/local/src/paths.ts';
import type { BenchMember, BenchStation, World } from './world.ts';

type UseCase = { run(...args: unknown[]): Promise<unknown> };
type Made = abstract new (...args: never[]) => unknown;
interface Context {
  get(token: unknown, options: { strict: false }): unknown;
  close(): Promise<void>;
}

async function built<Exports>(path: string): Promise<Exports> {
  return (await import(pathToFileURL(inRoot('apps/api/dist', path)).href)) as Exports;
}

async function useCase(context: Context, path: string, name: string): Promise<UseCase> {
  const exported = await built<Record<string, Made>>(path);
  return context.get(exported[name], { strict: false }) as UseCase;
}

const CELLS = 10;
const STATIONS = 5;
const CALENDAR_CELLS = 50;
const PASSWORD = 'benchmark password';

async function seed(context: Context, members: number): Promise<World> {
  const coops = await useCase(context, 'membership/create-coop/create-coop.js', 'CreateCoop');
  const { coopId, adminId } = (await coops.run({
    ...{ slug: 'bench', name: 'Bench', currency: 'EUR', domain: 'bench.example', gtinPrefix: '400000001' },
    ...{ adminEmail: 'admin@bench.example', adminDisplayName: 'Admin', adminPassword: PASSWORD },
  })) as { coopId: string; adminId: string };
  const hall = (count: number, stations: number): Promise<Hall> => cells(context, coopId, count, stations);
  const [hot, watched, calendar] = [await hall(1, 1), await hall(1, 1), await hall(CALENDAR_CELLS, 2)];
  const [http, sql] = [await hall(CELLS, STATIONS), await hall(CELLS, STATIONS)];
  return {
    coopId,
    members: await people(context, coopId, adminId, members),
    hot: first(hot),
    watched: { ...first(watched), workshopId: watched.workshopId },
    ...{ http: http.stations, sql: sql.stations },
    calendar: {
      workshopId: calendar.workshopId,
      cells: CALENDAR_CELLS,
      stations: calendar.stations.length,
    },
  };
}

/** A workshop and the stations of its cells. */
interface Hall {
  readonly workshopId: string;
  readonly stations: readonly BenchStation[];
}

function first({ stations: [station] }: Hall): BenchStation {
  if (station === undefined) throw new Error('no station was made');
  return station;
}

async function people(
  context: Context,
  coopId: string,
  adminId: string,
  count: number,
): Promise<BenchMember[]> {
  const invite = await useCase(context, 'membership/invite-member/invite-member.js', 'InviteMember');
  const accept = await useCase(
    context,
    'membership/accept-invitation/accept-invitation.js',
    'AcceptInvitation',
  );
  const signIn = await useCase(context, 'membership/sign-in/sign-in.js', 'SignIn');
  const { Credentials } = await built<{ Credentials: Made }>('membership/credentials/index.js');
  const credentials = context.get(Credentials, { strict: false }) as {
    tokenOf(kind: string, id: string): string;
  };
  const made: BenchMember[] = [];
  for (let index = 0; index < count; index += 1) {
    const email = `member-${String(index)}@bench.example`;
    const invited = (await invite.run(adminId, { coopId, email, roles: ['member'] })) as {
      invitationId: string;
    };
    const token = credentials.tokenOf('invitation', invited.invitationId);
    const accepted = await accept.run({ token, displayName: `Member ${String(index)}`, password: PASSWORD });
    const ip = `2001:db8:${String(index)}::1`;
    const signed = (await signIn.run({ email, password: PASSWORD, ip })) as {
      session: { accessToken: string };
    };
    made.push({
      accountId: (accepted as { accountId: string }).accountId,
      token: signed.session.accessToken,
    });
  }
  return made;
}

async function cells(context: Context, coopId: string, count: number, stations: number): Promise<Hall> {
  const createWorkshop = await useCase(
    context,
    'workshops/create-workshop/create-workshop.js',
    'CreateWorkshop',
  );
  const createCell = await useCase(context, 'workshops/create-cell/create-cell.js', 'CreateCell');
  const { Database } = await built<{ Database: Made }>('platform/database/index.js');
  const database = context.get(Database, { strict: false }) as {
    query(text: string, values: unknown[]): Promise<{ id: string }[]>;
  };
  const openingHours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, fromMinute: 360, toMinute: 1320 }));
  const place = { coopId, name: 'Hall', address: 'Somewhere', timeZone: 'UTC', openingHours };
  const { workshop } = (await createWorkshop.run(place)) as { workshop: { id: string } };
  const made: BenchStation[] = [];
  for (let index = 0; index < count; index += 1) {
    const { cell } = (await createCell.run({
      ...{ coopId, workshopId: workshop.id, kind: 'print', name: `Print ${String(index)}`, stations },
      ...{ gridMinutes: 30, maxMinutes: 480, hourlyRateMinor: 2400n },
    })) as { cell: { id: string } };
    const rows = await database.query('SELECT id FROM station WHERE coop_id = $1 AND cell_id = $2', [
      coopId,
      cell.id,
    ]);
    made.push(...rows.map((row) => ({ cellId: cell.id, stationId: row.id })));
  }
  // One after the other in another cell: whoever asks for the next station then waits for nobody's cell.
  const byTurn = Array.from({ length: stations }, (_, turn) =>
    made.filter((_station, index) => index % stations === turn),
  );
  return { workshopId: workshop.id, stations: byTurn.flat() };
}

await import('reflect-metadata');
const { NestFactory } = await import('@nestjs/core');
const { AppModule } = await built<{ AppModule: { readonly with: (config: unknown, name: string) => never } }>(
  'app.module.js',
);
const { loadConfig } = await built<{ readonly loadConfig: (env: object) => unknown }>(
  'platform/config/config.js',
);
const module = AppModule.with(loadConfig(process.env), 'bench-seed');
const context: Context = await NestFactory.createApplicationContext(module, {
  logger: false,
  abortOnError: false,
});
const world = await seed(context, Number(process.argv[2]));
await context.close();
process.send?.(world);
process.disconnect();
