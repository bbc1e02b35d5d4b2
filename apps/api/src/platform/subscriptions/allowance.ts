/** So many at once, and so many a second from then on; the caller tells the time in milliseconds. */
export class Allowance {
  private left: number;
  private seenMs = 0;

  constructor(
    private readonly burst: number,
    private readonly perSecond: number,
  ) {
    this.left = burst;
  }

  /** Takes one; false when none is left. */
  take(nowMs: number): boolean {
    const grown = Math.max(0, nowMs - this.seenMs) * (this.perSecond / 1000);
    this.left = Math.min(this.burst, this.left + grown);
    this.seenMs = nowMs;
    if (this.left < 1) return false;
    this.left -= 1;
    return true;
  }
}
