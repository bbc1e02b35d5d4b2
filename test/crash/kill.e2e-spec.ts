import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inRoot } from '../../apps/local/src/paths.ts';
import { freePort } from '../../apps/local/src/ports.ts';
import { graphqlClient } from '../support/graphql-client.js';
import { startProductTree, type ProductTree } from '../support/product-tree.js';
import { promised } from '../support/proof.js';

const STORY_MS = 300_000;
const READY_MS = 10_000;
const VERIFY = `query ($gtin: String!, $serial: Int!) { verify(input: { gtin: $gtin, serial: $serial }) { word } }`;

/** The invariants on live data, as `npm run checks` prints them. */
async function checks(folder: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [inRoot('apps/local/src/with-local-env.ts'), 'apps/api/dist/checks.js'],
    { env: { ...process.env, TOUCHMARK_DIR: folder, NODE_OPTIONS: '' } },
  );
  return stdout.trim().split('\n');
}

/** The seconds that the start says it took. */
function readySeconds(output: string): number {
  return Number(/ready after ([\d.]+) s/.exec(output)?.[1] ?? Number.NaN);
}

describe('a product that is killed', () => {
  let folder: string;
  let port: number;
  let running: ProductTree;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'touchmark crash-'));
    port = await freePort();
  });
  afterAll(async () => {
    await running.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function verifies(): Promise<void> {
    const [, gtin, serial] = /\/01\/(\d{14})\/21\/(\d+)/.exec(running.output()) ?? [];
    const { verify } = await graphqlClient(running.url).gql<{ verify: { word: string } }>(VERIFY, {
      gtin,
      serial: Number(serial),
    });
    expect(verify.word).toBe('GENUINE');
  }

  async function againWithinTenSeconds(): Promise<void> {
    running = startProductTree(folder, port);
    await running.printed('Touchmark is ready');
    expect(readySeconds(running.output()) * 1000).toBeLessThan(promised(READY_MS));
    await verifies();
  }

  it(
    'between payment and anchoring goes on with its story and keeps every invariant',
    async () => {
      running = startProductTree(folder, port);
      await running.printed('the window closes above its minimum', STORY_MS);
      await running.killEverything();
      expect(running.output()).not.toContain('anchored on chain');
      running = startProductTree(folder, port);
      await running.printed('Touchmark is ready', STORY_MS);
      const printed = await checks(folder);
      expect(printed.filter((line) => !/: holds \(\d+ looked at\)$/.test(line))).toEqual([]);
      expect(printed.filter((line) => / holds \([1-9]/.test(line)).length).toBeGreaterThan(25);
      await verifies();
    },
    2 * STORY_MS,
  );

  it(
    'all at once is ready again within 10 s and its certificate still verifies',
    async () => {
      await running.killEverything();
      await againWithinTenSeconds();
    },
    STORY_MS,
  );

  it(
    'by its parent alone is ready again within 10 s and its certificate still verifies',
    async () => {
      await running.killRunner();
      await againWithinTenSeconds();
    },
    STORY_MS,
  );

  it(
    'politely ends with code 0 and is ready again within 10 s',
    async () => {
      expect(await running.stop()).toBe(0);
      await againWithinTenSeconds();
    },
    STORY_MS,
  );
});
