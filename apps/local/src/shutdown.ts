type Stopper = () => Promise<void> | void;

const layers: Stopper[][] = [];
let stopping: Promise<void> | null = null;

/** Registers what must be stopped together; the layer that was added last is stopped first. */
export function onStop(...stoppers: Stopper[]): void {
  layers.push(stoppers);
}

export const isStopping = (): boolean => stopping !== null;

/** Stops everything, each layer together and the youngest first; asked twice it still runs once. */
export function stopEverything(): Promise<void> {
  stopping ??= (async () => {
    for (let layer = layers.pop(); layer; layer = layers.pop()) {
      const results = await Promise.allSettled(layer.map(async (stop) => stop()));
      for (const result of results) if (result.status === 'rejected') console.error(String(result.reason));
    }
  })();
  return stopping;
}

/** Stops everything and ends this process. */
export async function exit(code: number): Promise<never> {
  await stopEverything();
  process.exit(code);
}

/** Ctrl-C and kill end everything in order; a second Ctrl-C does not wait. */
export function stopOnSignals(announce: () => void): void {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (isStopping()) {
        // npm passes one Ctrl-C on as a second signal, at once: only a later one is impatience.
        if (performance.now() - askedAt > 1_000) process.exit(1);
        return;
      }
      askedAt = performance.now();
      announce();
      void exit(0);
    });
  }
}

let askedAt = 0;
