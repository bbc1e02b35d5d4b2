import type { VerdictWord } from './Cartouche.svelte';

/** One finding, as a page shows it. */
export interface AxisView {
  readonly axis: string;
  readonly finding: string;
  readonly reasonCode: number;
  readonly reason: string;
  readonly source: string;
}

/** A verdict as pages show it, whether the API or this device reached it. */
export interface VerdictView {
  readonly word: VerdictWord;
  readonly proven: readonly string[];
  readonly notProven: readonly string[];
  readonly axes: readonly AxisView[];
  readonly asOf: {
    readonly blockNumber: string;
    readonly blockTime: string;
    readonly finality: string;
  } | null;
}
