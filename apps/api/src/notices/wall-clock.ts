/** An instant by the clocks of a place, for the words of a notice, such as `18 Nov 2026, 11:00`. */
export function wallClock(timeZone: string, at: Date): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'medium', timeStyle: 'short' }).format(at);
}
