// Writes the WebAssembly module of one permutation, Keccak-f[1600]: 25 lanes of 64 bits, which JavaScript has no number for.
// Each lane is a local of the function, so a round is a list of instructions without any access to memory.

const [BLOCK_LOOP, END, BR_IF] = [0x03, 0x0b, 0x0d];
const [GET, SET, TEE, LOAD, STORE] = [0x20, 0x21, 0x22, 0x29, 0x37];
const [CONST32, CONST64, ADD32, NOT_EQUAL32, AND, XOR, ROTATE] = [0x41, 0x42, 0x6a, 0x47, 0x83, 0x85, 0x89];
const [VOID, I64, I32, FUNCTION, ALIGNED] = [0x40, 0x7e, 0x7f, 0x60, 3];
const MINUS_ONE = 0x7f;

// Which local holds what: the lanes, the lanes turned and moved, columns, what each column adds, and the round.
const [LANES, TURNED, COLUMNS, ADDED, ROUND] = [0, 25, 50, 55, 60];
const ALL = Array.from({ length: 25 }, (_, lane) => lane);
const FIVE = [0, 1, 2, 3, 4];

/** Where in the memory of the module the 24 round constants are expected, in bytes; the state stands at 0. */
export const CONSTANTS_AT = 256;

/** The module: exports its memory as `memory` and the permutation of the state as `permute`. */
export function keccakModule(): Uint8Array<ArrayBuffer> {
  const body = [2, ROUND, I64, 1, I32, ...permutation()];
  return Uint8Array.of(
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, FUNCTION, 0, 0]),
    ...section(3, [1, 0]),
    ...section(5, [1, 0, 1]),
    ...section(7, [2, ...name('memory'), 2, 0, ...name('permute'), 0, 0]),
    ...section(10, [1, ...unsigned(body.length), ...body]),
  );
}

/** The 24 constants of the rounds, from the linear feedback shift register that FIPS 202 defines them by. */
export function roundConstants(): BigUint64Array {
  let register = 1;
  const bit = (): bigint => {
    const out = BigInt(register & 1);
    register = (register << 1) ^ ((register >> 7) * 0x171);
    return out;
  };
  const constant = (): bigint =>
    [0, 1, 2, 3, 4, 5, 6].reduce((sum, power) => sum | (bit() << BigInt(2 ** power - 1)), 0n);
  return BigUint64Array.from({ length: 24 }, constant);
}

function permutation(): number[] {
  const load = ALL.flatMap((lane) => [CONST32, 0, LOAD, ALIGNED, ...unsigned(8 * lane), SET, LANES + lane]);
  const store = ALL.flatMap((lane) => [CONST32, 0, GET, LANES + lane, STORE, ALIGNED, ...unsigned(8 * lane)]);
  const next = [GET, ROUND, CONST32, 8, ADD32, TEE, ROUND, CONST32, ...unsigned(8 * 24), NOT_EQUAL32];
  return [...load, BLOCK_LOOP, VOID, ...round(), ...next, BR_IF, 0, END, ...store, END];
}

function round(): number[] {
  const { turns, places } = turnsAndPlaces();
  const theta = [
    ...FIVE.flatMap((x) => [
      ...[GET, x, GET, x + 5, XOR, GET, x + 10, XOR, GET, x + 15, XOR, GET, x + 20, XOR],
      ...[SET, COLUMNS + x],
    ]),
    ...FIVE.flatMap((x) => [
      ...[GET, COLUMNS + ((x + 4) % 5), GET, COLUMNS + ((x + 1) % 5), CONST64, 1, ROTATE, XOR],
      ...[SET, ADDED + x],
    ]),
  ];
  const rhoAndPi = ALL.flatMap((lane) => [
    ...[GET, lane, GET, ADDED + (lane % 5), XOR, CONST64, turns[lane] ?? 0, ROTATE],
    ...[SET, TURNED + (places[lane] ?? 0)],
  ]);
  const chi = ALL.flatMap((lane) => {
    const [row, x] = [TURNED + lane - (lane % 5), lane % 5];
    const not = [GET, row + ((x + 1) % 5), CONST64, MINUS_ONE, XOR];
    return [GET, row + x, ...not, GET, row + ((x + 2) % 5), AND, XOR, SET, lane];
  });
  const iota = [GET, LANES, GET, ROUND, LOAD, ALIGNED, ...unsigned(CONSTANTS_AT), XOR, SET, LANES];
  return [...theta, ...rhoAndPi, ...chi, ...iota];
}

/** By how many bits each lane is turned, and to which place it moves. */
function turnsAndPlaces(): { turns: number[]; places: number[] } {
  const turns = [0];
  let [x, y] = [1, 0];
  for (let step = 1; step <= 24; step += 1) {
    turns[x + 5 * y] = ((step * (step + 1)) / 2) % 64;
    [x, y] = [y, (2 * x + 3 * y) % 5];
  }
  const places = ALL.map((lane) => {
    const [fromX, fromY] = [lane % 5, Math.floor(lane / 5)];
    return fromY + 5 * ((2 * fromX + 3 * fromY) % 5);
  });
  return { turns, places };
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...unsigned(content.length), ...content];
}

function name(text: string): number[] {
  return [text.length, ...[...text].map((letter) => letter.charCodeAt(0))];
}

/** Unsigned LEB128, as WebAssembly writes numbers; constants up to 63 and 128 to 8,191 are the same when read as signed. */
function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >> 7)];
}
