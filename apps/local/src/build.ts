import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { inRoot } from './paths.ts';
import { inputsHash, isStale, markBuilt, type Unit } from './stamps.ts';
import { units } from './units.ts';

function run(unit: Unit, [command = '', ...args]: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: inRoot(unit.cwd ?? '.'), stdio: ['ignore', 'pipe', 'pipe'] });
    const words: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => words.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => words.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`Building ${unit.name} failed:\n${Buffer.concat(words).toString().trim()}`));
    });
  });
}

/** Builds everything whose inputs changed since it was built, two at a time; returns the names of what was built. */
export async function buildStale(
  report: (name: string, ms: number) => void = () => undefined,
  wanted: (name: string) => boolean = () => true,
): Promise<string[]> {
  const built: string[] = [];
  for (const group of units()) {
    const waiting = group.filter((unit) => wanted(unit.name) && isStale(unit));
    const work = async (): Promise<void> => {
      for (let unit = waiting.shift(); unit; unit = waiting.shift()) {
        const startedAt = performance.now();
        // Taken before the build: an edit while it runs leaves the result stale.
        const inputs = inputsHash(unit);
        for (const command of unit.commands) await run(unit, command);
        markBuilt(unit, inputs);
        built.push(unit.name);
        report(unit.name, performance.now() - startedAt);
      }
    };
    await Promise.all([work(), work()]);
  }
  return built;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const built = await buildStale((name, ms) => {
      console.log(`  ${name.padEnd(20)} ${(ms / 1000).toFixed(1)} s`);
    });
    if (built.length === 0) console.log('  nothing is stale');
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
