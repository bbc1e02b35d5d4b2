import { type Colour, png } from './png.ts';

// What the photos of the story show is drawn here, point by point: prints of two inks on a cutting mat.
const [WIDTH, HEIGHT] = [1024, 768];
// Places in the palette; blue and red add up to both.
const [PAPER, BLUE, RED, MAT, LINE, SHADE] = [0, 1, 2, 4, 5, 6] as const;
const PALETTE: readonly Colour[] = [
  [0xf5, 0xf0, 0xe6],
  [0x32, 0x55, 0xa4],
  [0xf1, 0x50, 0x60],
  [0x2f, 0x1b, 0x3e],
  [0x37, 0x55, 0x4d],
  [0x5d, 0x7a, 0x70],
  [0x25, 0x3c, 0x36],
];

/** A sheet as it lies on the mat: its middle and size in pixels, turned by so many degrees, and what is printed on it. */
interface Sheet {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly degrees: number;
  readonly inks: 'blue' | 'both';
  /** Not trimmed yet: a rim of paper with marks at the corners. */
  readonly rim: boolean;
}

/** The photos of a run by the operation after which each is taken. */
export const PHOTOS: ReadonlyMap<string, { readonly caption: string; readonly draw: () => Buffer }> = new Map(
  [
    [
      'Print two colours',
      {
        caption: 'Medium blue first, bright red in register over it',
        draw: () =>
          photo([
            { x: 330, y: 300, width: 560, degrees: -7, inks: 'blue', rim: true },
            { x: 640, y: 470, width: 600, degrees: 4, inks: 'both', rim: true },
          ]),
      },
    ],
    [
      'Trim',
      {
        caption: 'Trimmed by hand, sheet by sheet',
        draw: () => photo([{ x: 500, y: 390, width: 760, degrees: -3, inks: 'both', rim: false }]),
      },
    ],
    [
      'Number and sleeve',
      {
        caption: 'The run, in order, before it is sleeved',
        draw: () =>
          photo(
            [-16, -8, 0, 8, 16].map((degrees, place) => ({
              ...{ x: 260 + place * 125, y: 420 - place * 22, width: 430, degrees },
              ...({ inks: 'both', rim: false } as const),
            })),
          ),
      },
    ],
  ],
);

function photo(sheets: readonly Sheet[]): Buffer {
  const topFirst = sheets.toReversed();
  return png(WIDTH, HEIGHT, PALETTE, (x, y) => {
    for (const sheet of topFirst) {
      const there = onSheet(sheet, x, y);
      if (there !== null) return inkAt(sheet, ...there);
      if (onSheet(sheet, x - 10, y - 12) !== null) return SHADE;
    }
    return x % 64 < 2 || y % 64 < 2 ? LINE : MAT;
  });
}

/** Where on a sheet a point of the photo lies, from 0 to 1 both ways; null beside it. */
function onSheet({ x, y, width, degrees }: Sheet, px: number, py: number): [number, number] | null {
  const turn = (degrees * Math.PI) / 180;
  const [dx, dy] = [px - x, py - y];
  const u = (dx * Math.cos(turn) + dy * Math.sin(turn)) / width + 0.5;
  const v = (dy * Math.cos(turn) - dx * Math.sin(turn)) / (width * 0.72) + 0.5;
  return u >= 0 && u <= 1 && v >= 0 && v <= 1 ? [u, v] : null;
}

function inkAt({ inks, rim }: Sheet, u: number, v: number): number {
  const margin = rim ? 0.1 : 0.035;
  const [a, b] = [(u - margin) / (1 - 2 * margin), (v - margin * 1.2) / (1 - 2.4 * margin)];
  if (a < 0 || a > 1 || b < 0 || b > 1) return rim && isCornerMark(u, v) ? BLUE : PAPER;
  const blue = hasBlue(a, b);
  const red = inks === 'both' && hasRed(a - 0.002, b);
  return (blue ? BLUE : PAPER) + (red ? RED : PAPER);
}

function isCornerMark(u: number, v: number): boolean {
  const [fromSide, fromEdge] = [Math.min(u, 1 - u), Math.min(v, 1 - v)];
  const across = Math.abs(fromSide - 0.085) < 0.0022 && fromEdge < 0.075;
  return across || (Math.abs(fromEdge - 0.105) < 0.003 && fromSide < 0.06);
}

/** A screen of round dots at 45 degrees that covers about `tone` of the paper. */
function isDot(a: number, b: number, tone: number): boolean {
  const [p, q] = [(a + b * 0.72) * 62, (a - b * 0.72) * 62];
  const far = Math.hypot(p - Math.round(p), q - Math.round(q));
  return far < Math.sqrt(tone / Math.PI) * 1.05;
}

const HORIZON = 0.6;
const moon = (a: number, b: number): number => Math.hypot(a - 0.74, (b - 0.27) * 0.72) / 0.1;
const between = (value: number, from: number, to: number): boolean => value >= from && value <= to;

/** The ferry in profile: hull, deck, bridge and funnel. */
function isFerry(a: number, b: number): boolean {
  const hull = between(b, 0.55, 0.64) && between(a, 0.14 + (b - 0.55) * 0.5, 0.62 - (b - 0.55) * 0.9);
  const deck = between(b, 0.47, 0.55) && between(a, 0.2, 0.55);
  const bridge = between(b, 0.4, 0.47) && between(a, 0.4, 0.52);
  return hull || deck || bridge || (between(b, 0.34, 0.47) && between(a, 0.27, 0.32));
}

function isWindow(a: number, b: number): boolean {
  const row = between(b, 0.49, 0.525) && between(a, 0.22, 0.54);
  const bridge = between(b, 0.42, 0.445) && between(a, 0.41, 0.51);
  return (row || bridge) && (a * 40) % 1 < 0.6;
}

function hasBlue(a: number, b: number): boolean {
  if (isWindow(a, b)) return false;
  if (isFerry(a, b)) return true;
  if (b < HORIZON) return moon(a, b) > 1 && isDot(a, b, 0.85 - (b / HORIZON) * 0.72);
  const wave = Math.sin((b - HORIZON) * 120 + Math.sin(a * 26) * 0.8);
  return wave > -0.75 + (b - HORIZON) * 0.9 && !isGlimmer(a, b);
}

function hasRed(a: number, b: number): boolean {
  if (isWindow(a, b)) return true;
  if (between(b, 0.375, 0.4) && between(a, 0.27, 0.32)) return true;
  if (b < HORIZON) return moon(a, b) < 1 || isDot(a + 0.008, b, Math.max(0, b - 0.3) * 0.8);
  return isGlimmer(a, b);
}

/** The moon on the water: broken lines that widen towards who looks. */
function isGlimmer(a: number, b: number): boolean {
  const wide = 0.03 + (b - HORIZON) * 0.16;
  return Math.abs(a - 0.74 + Math.sin(b * 90) * 0.012) < wide && Math.sin(b * 150) > 0.1;
}
