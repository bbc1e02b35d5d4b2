import type { Checker } from '../tree.js';

const migration = /^apps\/api\/migrations\/(?<name>.+)[.](?<way>up|down)[.]sql$/;

/** Migrations that cannot be undone, cannot be done, are empty, or share a number. */
export const unpairedMigrations: Checker = (files) => {
  const sql = files.filter((file) => /^apps\/api\/migrations\/.*[.]sql$/.test(file.path));
  const ways = new Map<string, string[]>();
  const strange: string[] = [];
  for (const file of sql) {
    const { name, way } = migration.exec(file.path)?.groups ?? {};
    if (name === undefined || way === undefined)
      strange.push(`${file.path}: name it NUMBER-what-changes.up.sql or .down.sql`);
    else ways.set(name, [...(ways.get(name) ?? []), way]);
  }
  const missing = [...ways].flatMap(([name, found]) =>
    ['up', 'down']
      .filter((way) => !found.includes(way))
      .map((way) => `apps/api/migrations/${name}: has no ${way} file`),
  );
  const empty = sql
    .filter((file) => file.text.replace(/--.*$/gm, '').trim() === '')
    .map((file) => `${file.path}: holds no statement`);
  const numbers = [...ways.keys()].map((name) => /^\d+/.exec(name)?.[0] ?? '');
  const twice = [...new Set(numbers.filter((number, index) => numbers.indexOf(number) !== index))].map(
    (number) => `apps/api/migrations: number "${number}" is used twice`,
  );
  return [...strange, ...missing, ...empty, ...twice];
};
