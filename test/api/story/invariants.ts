import { CHECKS } from '../../../apps/api/src/all-checks.js';
import type { TestApp } from '../../support/app.js';

/** The names of the invariants that do not hold on the test's database now. */
export async function brokenInvariants(app: Pick<TestApp, 'database'>): Promise<string[]> {
  const broken: string[] = [];
  for (const check of CHECKS) {
    const found = await check.find((text, values) => app.database.query(text, values));
    if (found.length > 0) broken.push(`${check.name}: ${JSON.stringify(found.slice(0, 3))}`);
  }
  return broken;
}
