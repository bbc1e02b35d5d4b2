import { text } from './forms.ts';
import { type Unreadable, instants, windowOf } from './calendar/picked.ts';

/** The instant that the fields `<name>Day` and `<name>Time` say on the clocks of a zone, or what is wrong with them. */
export function momentIn(data: FormData, zone: string, name: string): string | Unreadable {
  const [day, start] = [text(data, `${name}Day`), text(data, `${name}Time`)];
  const window = windowOf(zone, { day, start, minutes: '1' });
  return 'message' in window
    ? { ...window, field: `${name}${window.field === 'day' ? 'Day' : 'Time'}` }
    : instants(window).fromAt;
}
