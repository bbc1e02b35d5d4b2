// What a test file gets when it imports '@jest/globals'. Each file that imports it has an instance of its own
// (sources.mjs adds the name of the importer to the address), with the functions of the run that loads it.
const place = Symbol.for('touchmark.test-globals');

/** Remembers the functions of the run that begins. */
export function offerGlobals(globals) {
  globalThis[place] = globals;
}

export const { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } =
  globalThis[place] ?? {};
