import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { ensureKeys } from '../../apps/local/src/keys.ts';
import { inRoot } from '../../apps/local/src/paths.ts';
import { isProcess, signal, stopProcess } from '../../apps/local/src/processes.ts';
import { readRecord } from '../../apps/local/src/records.ts';
import { until } from '../support/until.js';
import { withFolder } from './temporary-folder.js';

const stayAlive = "(await import('node:net')).createServer().listen(0, '127.0.0.1');";

const parentScript = (script: string, env: Readonly<Record<string, string>>): string => `
  import { startChild } from ${JSON.stringify(inRoot('apps/local/src/children.ts'))};
  startChild({ name: 'worker', script: ${JSON.stringify(script)}, env: ${JSON.stringify(env)} });
  ${stayAlive}
`;
// What a busy machine does to a process that begins: it comes to nothing of its own before its parent is gone.
const beginLate = `
  while (process.connected) await new Promise((resolve) => setImmediate(resolve));
`;

describe('a process of the product', () => {
  it.each([
    ['ends when its parent is killed, without anyone left to tell it', false],
    ['ends also when its parent was killed while it began', true],
  ])('%s', async (_, late) => {
    await withFolder(async (folder) => {
      const [script, delay] = [join(folder, 'worker.mjs'), join(folder, 'delay.mjs')];
      writeFileSync(script, stayAlive);
      writeFileSync(delay, beginLate);
      const env: Record<string, string> = late
        ? { NODE_OPTIONS: `--import ${pathToFileURL(delay).href}` }
        : {};
      const parent = spawn(process.execPath, ['--input-type=module', '-e', parentScript(script, env)], {
        env: { ...process.env, TOUCHMARK_DIR: folder, NODE_OPTIONS: '' },
        stdio: ['ignore', 'inherit', 'inherit'],
      });
      const child = await until('the child to run', () => {
        const { pid } = readRecord<{ pid: number }>(join(folder, 'pids/worker.json')) ?? {};
        return pid !== undefined && isProcess(pid, script) && pid;
      });
      if (parent.pid) signal(parent.pid, 'SIGKILL');
      const gone = await until('the child to end', () => !isProcess(child, script));
      expect(gone).toBe(true);
    });
  });

  it('is not signalled when only its pid fits', async () => {
    await withFolder(async (folder) => {
      const script = join(folder, 'innocent.mjs');
      writeFileSync(script, stayAlive);
      const { pid = 0 } = spawn(process.execPath, [script], { stdio: 'ignore' });
      await until('the process to run', () => isProcess(pid, script));
      await stopProcess(pid, 'another program');
      expect(isProcess(pid, script)).toBe(true);
      await stopProcess(pid, script);
      expect(isProcess(pid, script)).toBe(false);
    });
  });
});

describe('the development keys', () => {
  it('are read by nobody but their owner, and the publisher has its own only', async () => {
    await withFolder(async (folder) => {
      const [all, publisher] = [join(folder, 'keys'), join(folder, 'keys-publisher')];
      ensureKeys({ all, publisher });
      const mode = (path: string): number => statSync(path).mode & 0o777;
      expect([mode(all), mode(join(all, 'jwt.key')), mode(join(publisher, 'publisher.key'))]).toEqual([
        0o700, 0o600, 0o600,
      ]);
      expect([readdirSync(publisher), existsSync(join(all, 'publisher.key'))]).toEqual([
        ['DEVELOPMENT', 'publisher.key'],
        false,
      ]);
      // What production recognizes them by, and refuses.
      expect(existsSync(join(all, 'DEVELOPMENT'))).toBe(true);
      await Promise.resolve();
    });
  });
});
