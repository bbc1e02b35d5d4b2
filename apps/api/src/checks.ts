import pg from 'pg';
import { CHECKS as membership } from './membership/index.js';
import { CHECKS as booking } from './booking/index.js';
import { CHECKS as catalog } from './catalog/index.js';
import { CHECKS as orders } from './orders/index.js';
import { CHECKS as production } from './production/index.js';
import { CHECKS as payouts } from './payouts/index.js';
import { CHECKS as certificates } from './certificates/index.js';
import { CHECKS as chain } from './chain/index.js';
import type { Check } from './platform/checks/check.js';

const CHECKS: Check[] = [
  ...membership,
  ...booking,
  ...payouts,
  ...catalog,
  ...orders,
  ...production,
  ...chain,
  ...certificates,
];

/** Runs every invariant on the live database and prints each with how much it looked at; exits 1 on a violation. */
async function main(): Promise<void> {
  const client = new pg.Client({ connectionString: process.env['DATABASE_URL'] });
  await client.connect();
  let broken = 0;
  for (const check of CHECKS) {
    const counted = await client.query<{ count: string }>(check.counted);
    const violations = await client.query(check.violations);
    broken += violations.rows.length;
    const verdict =
      violations.rows.length === 0 ? 'holds' : `BROKEN ${JSON.stringify(violations.rows.slice(0, 5))}`;
    process.stdout.write(`${check.name}: ${verdict} (${counted.rows[0]?.count ?? '0'} looked at)\n`);
  }
  await client.end();
  process.exitCode = broken === 0 ? 0 : 1;
}

await main();
