import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { countsInWords, jestCounts } from '../../apps/local/src/test-counts.ts';
import { withFolder } from './temporary-folder.js';

const red = (text: string): string => `${String.fromCharCode(27)}[31m${text}${String.fromCharCode(27)}[39m`;

describe('the closing line of npm test', () => {
  it('adds up what several runners say in words, colours or not', () => {
    expect(countsInWords(`  7 passing (2s)\n\n ${red('12 passing')} (1s)\n  ${red('1 failing')}`)).toEqual({
      passed: 19,
      failed: 1,
    });
    expect(countsInWords('check: 9 passed, 2 failed (eslint, house)')).toEqual({ passed: 9, failed: 2 });
  });

  it('counts a test file that could not be loaded as failed', async () => {
    await withFolder((folder) => {
      const file = join(folder, 'report.json');
      writeFileSync(
        file,
        JSON.stringify({ numPassedTests: 3, numFailedTests: 1, numRuntimeErrorTestSuites: 1 }),
      );
      expect(jestCounts(file)).toEqual({ passed: 3, failed: 2 });
      expect(jestCounts(join(folder, 'none.json'))).toEqual({ passed: 0, failed: 1 });
      return Promise.resolve();
    });
  });
});
