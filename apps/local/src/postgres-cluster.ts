import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Place } from './postgres-place.ts';
import { runningPostmaster } from './postmaster.ts';
import { stopProcess } from './processes.ts';
import { readRecord, writeRecord } from './records.ts';

export const superuser = 'touchmark';

export interface ClusterOptions {
  /** Remembers port and password between starts. */
  readonly recordFile: string;
  /** Tests throw their data away: no fsync. */
  readonly throwAway?: boolean;
}

/** What we remember of a cluster: its data is useless without the password. */
export interface SavedCluster {
  port: number;
  password: string;
  /** False while initdb runs: a folder whose initdb was killed looks like a whole cluster. */
  initialised: boolean;
}

export function saveCluster(recordFile: string, saved: SavedCluster): void {
  writeRecord(recordFile, saved);
}

/** Makes the cluster when there is none (or only half a one) and returns what is remembered of it. */
export async function ensureCluster(place: Place, options: ClusterOptions): Promise<SavedCluster> {
  const saved = readRecord<SavedCluster>(options.recordFile);
  if (saved?.initialised && saved.password) {
    return { port: saved.port ?? 0, password: saved.password, initialised: true };
  }
  await discardUseless(place, options.recordFile, saved !== null);
  const fresh = { port: 0, password: randomBytes(18).toString('base64url'), initialised: false };
  saveCluster(options.recordFile, fresh);
  initialise(place, fresh.password, options.throwAway ?? false);
  const made = { ...fresh, initialised: true };
  saveCluster(options.recordFile, made);
  return made;
}

async function discardUseless(place: Place, recordFile: string, halfMade: boolean): Promise<void> {
  if (readdirSync(place.dataDir).length === 0) return;
  // Data elsewhere outlives the state folder: when that was deleted, keys and password went with it, on purpose.
  if (!halfMade && !place.elsewhere) {
    throw new Error(
      `There is a database in ${place.dataDir}, but its password is missing: expected it in ${recordFile}. ` +
        'Put that file back, or delete the whole state folder to begin anew.',
    );
  }
  const running = runningPostmaster(place.dataDir);
  if (running) await stopProcess(running.pid, place.dataDir, 'SIGQUIT');
  for (const entry of readdirSync(place.dataDir)) rmSync(join(place.dataDir, entry), { recursive: true });
}

function initialise(place: Place, password: string, throwAway: boolean): void {
  const folder = mkdtempSync(join(tmpdir(), 'touchmark-init-'));
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (place.runAs) {
    for (const path of [folder, passwordFile]) chownSync(path, place.runAs.uid, place.runAs.gid);
  }
  const args = [`--pgdata=${place.dataDir}`, `--username=${superuser}`, `--pwfile=${passwordFile}`];
  // One locale on every machine: sorting, and therefore keyset pages, must not depend on the host.
  args.push('--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8');
  args.push('--auth=scram-sha-256');
  if (throwAway) args.push('--no-sync');
  const answer = spawnSync(join(place.binDir, 'initdb'), args, {
    ...place.runAs,
    cwd: '/',
    env: serverEnvironment(),
    encoding: 'utf8',
  });
  rmSync(folder, { recursive: true, force: true });
  if (answer.status === 0) return;
  const reason = answer.error ? answer.error.message : answer.stderr.trim();
  throw new Error(`initdb could not make a database cluster in ${place.dataDir}: ${reason}`);
}

/** Neither the locale nor the time zone of the host reaches the server. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' };
}
