import { startChild, type Child } from './children.ts';
import { tail } from './logs.ts';
import { inRoot } from './paths.ts';
import { poll } from './poll.ts';
import { onStop } from './shutdown.ts';

/** The processes of the product, each with what it needs beyond the common settings. */
const processes = [
  { name: 'publisher', script: 'apps/api/dist/publisher.js' },
  { name: 'worker', script: 'apps/api/dist/worker.js' },
  { name: 'api', script: 'apps/api/dist/main.js' },
] as const;

export type ProductEnv = Readonly<
  Record<(typeof processes)[number]['name'], Readonly<Record<string, string>>>
>;

/** Starts the processes of the product and waits until the API says it is ready; throws when one of them ends. */
export async function startProduct(env: ProductEnv, url: string): Promise<Child[]> {
  const children = processes.map(({ name, script }) =>
    startChild({ name, script: inRoot(script), env: env[name] }),
  );
  onStop(...children.map((child) => () => child.stop()));
  try {
    await poll(`${url}/health/ready to answer 200`, 180_000, () => {
      for (const child of children) if (child.hasEnded()) throw new Error(`The ${child.name} process ended.`);
      return isReady(url);
    });
  } catch (error) {
    const ended = children.filter((child) => child.hasEnded());
    const shown = ended.length > 0 ? ended : children.filter((child) => child.name === 'api');
    const logs = shown.map((child) => `--- ${child.logFile}\n${tail(child.logFile)}`).join('\n');
    throw new Error(`${(error as Error).message}\n${logs}`);
  }
  return children;
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(10_000) }).then(
    (response) => response.ok,
    () => false,
  );
}
