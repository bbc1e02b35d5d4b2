import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';

import { missed } from '../../bench/budgets.ts';
import { measureOurs, type Ours } from '../../bench/ours.ts';

async function snapshot(): Promise<Ours> {
  return JSON.parse(await readFile(new URL('../../gas-snapshot.json', import.meta.url), 'utf8')) as Ours;
}

describe('gas', () => {
  it('costs what the committed snapshot says', async () => {
    const advice = 'run "npm run gas:snapshot --workspace contracts" and commit what it changed';
    assert.deepEqual(await measureOurs(), await snapshot(), advice);
  });

  it('stays within every budget, and is named when it does not', async () => {
    const found = await snapshot();
    assert.deepEqual(missed(found), []);
    assert.deepEqual(missed({ ...found, open: 55_001, revokeManyEach: 7_001 }), [
      'open costs 55001 gas, at most 55000 is allowed',
      'revokeManyEach costs 7001 gas, at most 7000 is allowed',
    ]);
  });
});
