import { parseAmount } from '@touchmark/money';
import { minuteOf } from '#lib/time.ts';
import { text } from './forms.ts';

/** What could not be read in a form, and in which field. */
export interface Fault {
  readonly field: string;
  readonly message: string;
}

/** Reads the fields of a form one by one and keeps the first fault; what was not readable comes as a zero. */
export class FormReader {
  fault: Fault | null = null;

  constructor(private readonly data: FormData) {}

  private wrong<Zero>(field: string, message: string, zero: Zero): Zero {
    this.fault ??= { field, message };
    return zero;
  }

  text(field: string): string {
    return text(this.data, field);
  }

  has(field: string): boolean {
    return this.data.get(field) !== null;
  }

  whole(field: string, label: string): number {
    const typed = this.text(field);
    return /^-?\d{1,9}$/.test(typed)
      ? Number(typed)
      : this.wrong(field, `“${label}” was “${typed}”; give a whole number.`, 0);
  }

  /** Hours such as `10` or `1:30`, in minutes. */
  hours(field: string, label: string): number {
    const typed = this.text(field);
    const [, hours, minutes = '0'] = /^(\d{1,5})(?::([0-5]\d))?$/.exec(typed) ?? [];
    return hours === undefined
      ? this.wrong(field, `“${label}” was “${typed}”; give hours such as 10 or 1:30.`, 0)
      : Number(hours) * 60 + Number(minutes);
  }

  /** Minor units as the API takes them. */
  amount(field: string, currency: string): string {
    const read = parseAmount(this.text(field), currency);
    return read.kind === 'MoneyRead'
      ? read.money.amountMinor.toString()
      : this.wrong(field, read.message, '0');
  }

  /** A time of day in minutes; `24:00` is the end of the day. */
  minute(field: string): number {
    const typed = this.text(field);
    const minute = typed === '24:00' ? 1440 : minuteOf(typed);
    return minute ?? this.wrong(field, `A time was “${typed}”; give one such as 09:30.`, 0);
  }

  /** What stands between commas. */
  words(field: string): string[] {
    return this.text(field)
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== '');
  }

  /** The numbers of the rows of a form that were filled in: `name.0`, `name.1` and so on. */
  rows(name: string, most: number): number[] {
    return Array.from({ length: most }, (_, row) => row).filter(
      (row) => this.text(`${name}.${String(row)}`) !== '',
    );
  }
}

const DAY_SETS: Readonly<Record<string, readonly number[]>> = {
  every: [1, 2, 3, 4, 5, 6, 7],
  workdays: [1, 2, 3, 4, 5],
  weekend: [6, 7],
};

/** The weekdays that one choice of a form names; Monday is 1. */
export const daysOf = (choice: string): readonly number[] => DAY_SETS[choice] ?? [Number(choice)];
