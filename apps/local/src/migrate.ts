import { pathToFileURL } from 'node:url';
import { inRoot } from './paths.ts';

/** Brings a database up to the newest migration, with the code that production uses. */
export async function migrateDatabase(databaseUrl: string): Promise<void> {
  const file = inRoot('apps/api/dist/platform/database/migrations.js');
  const { migrate } = (await import(pathToFileURL(file).href)) as { migrate: (url: string) => Promise<void> };
  await migrate(databaseUrl);
}
