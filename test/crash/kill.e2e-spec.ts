import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inRoot } from '../../apps/local/src/paths.ts';
import { graphqlClient } from '../support/graphql-client.js';
import { start, type Start } from './process-tree.js';

const STORY_MS = 360_000;
const READY_MS = 10_000;
const VERIFY = `query ($gtin: String!, $serial: Int!) { verify(input: { gtin: $gtin, serial: $serial }) { word } }`;

/** The invariants on live data, as `npm run checks` prints them. */
async function checks(folder: string): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [inRoot('apps/local/src/with-local-env.ts'), 'apps/api/dist/checks.js'],
    { env: { ...process.env, TOUCHMARK_DIR: folder, NODE_OPTIONS: '' } },
  );
  return stdout;
}

function readySeconds(output: string): number {
  return Number(/ready after ([\d.]+) s/.exec(output)?.[1] ?? Number.NaN);
}

describe('a product that is killed', () => {
  let folder: string;
  let running: Start;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'touchmark crash-'));
  });
  afterAll(async () => {
    await running.interrupt(30_000);
    rmSync(folder, { recursive: true, force: true });
  });

  it(
    'between payment and anchoring goes on with its story and keeps every invariant',
    async () => {
      running = await start(folder);
      await running.says('the window closes above its minimum', STORY_MS);
      await running.kill(running.tree());
      running = await start(folder, Number(new URL(running.url).port));
      await running.says('Touchmark is ready', STORY_MS);
      const printed = await checks(folder);
      expect(printed).not.toContain('BROKEN');
      expect(printed.split('\n').filter((line) => / holds \([1-9]/.test(line)).length).toBeGreaterThan(15);
      await verifies();
    },
    2 * STORY_MS,
  );

  it(
    'all at once is ready again within 10 s and its certificate still verifies',
    async () => {
      await running.kill(running.tree());
      await againWithin10s();
    },
    STORY_MS,
  );

  it(
    'by its parent alone is ready again within 10 s and its certificate still verifies',
    async () => {
      const [parent = 0] = running.tree();
      await running.kill([parent]);
      await againWithin10s();
    },
    STORY_MS,
  );

  it(
    'politely is down within 10 s, leaves no process, and comes back within 10 s',
    async () => {
      const pids = running.tree();
      await running.interrupt(10_000);
      const left = pids.filter((pid) => processName(pid) !== null);
      expect(left).toEqual([]);
      await againWithin10s();
    },
    STORY_MS,
  );

  async function againWithin10s(): Promise<void> {
    running = await start(folder, Number(new URL(running.url).port));
    await running.says('Touchmark is ready', 60_000);
    expect(readySeconds(running.output()) * 1000).toBeLessThan(READY_MS);
    await verifies();
  }

  async function verifies(): Promise<void> {
    const link = /\/01\/(\d{14})\/21\/(\d+)/.exec(running.output());
    const { verify } = await graphqlClient(running.url).gql<{ verify: { word: string } }>(VERIFY, {
      gtin: link?.[1],
      serial: Number(link?.[2]),
    });
    expect(verify.word).toBe('GENUINE');
  }
});

function processName(pid: number): string | null {
  try {
    return readFileSync(`/proc/${String(pid)}/comm`, 'utf8').trim();
  } catch {
    return null;
  }
}
