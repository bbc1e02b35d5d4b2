import pg from 'pg';
import { CHECKS } from './all-checks.js';

/** Runs every invariant on the live database and prints each with how much it looked at; exits 1 on a violation. */
async function main(): Promise<void> {
  const client = new pg.Client({ connectionString: process.env['DATABASE_URL'] });
  await client.connect();
  let broken = 0;
  for (const check of CHECKS) {
    const counted = await client.query<{ count: string }>(check.counted);
    const found = await check.find(
      async (text, values = []) => (await client.query<object>(text, [...values])).rows,
    );
    broken += found.length;
    const verdict = found.length === 0 ? 'holds' : `BROKEN ${JSON.stringify(found.slice(0, 5))}`;
    process.stdout.write(`${check.name}: ${verdict} (${counted.rows[0]?.count ?? '0'} looked at)\n`);
  }
  await client.end();
  process.exitCode = broken === 0 ? 0 : 1;
}

await main();
