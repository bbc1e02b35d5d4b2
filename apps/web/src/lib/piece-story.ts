import { clock, dayWords, lengthWords } from './time.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** One step in the making of a piece, as its certificate says. */
export interface Step {
  readonly at: string;
  readonly until: string | null;
  readonly kind: string;
  readonly text: string;
  readonly station: string | null;
  readonly result: string | null;
  readonly photo: { readonly sha256: string; readonly takenDownAt: string | null } | null;
}

/** The steps of one day (UTC, since a certificate names no zone). */
export interface StoryDay {
  readonly words: string;
  readonly steps: readonly { readonly clock: string; readonly length: string; readonly step: Step }[];
}

/** The steps by day, in the order in which they were signed. */
export function storyDays(steps: readonly Step[]): StoryDay[] {
  const days: { words: string; steps: StoryDay['steps'][number][] }[] = [];
  for (const step of steps) {
    const at = Date.parse(step.at);
    const words = dayWords(Math.floor(at / DAY_MS), true);
    if (days.at(-1)?.words !== words) days.push({ words, steps: [] });
    const minutes = step.until === null ? 0 : Math.round((Date.parse(step.until) - at) / MINUTE_MS);
    const minuteOfDay = Math.floor((at % DAY_MS) / MINUTE_MS);
    days.at(-1)?.steps.push({ clock: clock(minuteOfDay), length: lengthWords(Math.max(minutes, 0)), step });
  }
  return days;
}

/** The day on which a photo was taken down, in UTC. */
export function takenDownOn(instant: string): string {
  return dayWords(Math.floor(Date.parse(instant) / DAY_MS), true);
}

/** A share of credit in basis points as people read it: `33.34 %`, whole where it is. */
export function shareWords(basisPoints: number): string {
  const [whole, rest] = [Math.floor(basisPoints / 100), basisPoints % 100];
  const digits = rest === 0 ? '' : `.${String(rest).padStart(2, '0').replace(/0$/, '')}`;
  return `${String(whole)}${digits} %`;
}
