/**
 * The latest day on which a chain of a test begins. Most tests hold the product's clock in November 2026, while a chain
 * goes on by itself: were it years ahead, it would refuse what was promised until half a year after that.
 */
const LATEST = Date.parse('2026-12-01T00:00:00Z');

/** How far behind the machine's clock a chain that begins now is. */
export function chainBehindSeconds(): number {
  return Math.max(Math.floor((Date.now() - LATEST) / 1000), 0);
}
