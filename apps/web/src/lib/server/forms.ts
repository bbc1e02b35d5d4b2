import { fail } from '@sveltejs/kit';

/** What a form shows again after a refusal: the message, the field it is about, and what was typed. */
export interface Refused {
  /** Which form of the page. */
  readonly form: string;
  readonly message: string;
  readonly field: string | null;
  readonly values: Readonly<Record<string, string>>;
  /** A time that would do instead, on the wall clock of the place. */
  readonly instead: { readonly epochDay: number; readonly minuteOfDay: number } | null;
}

/** A text field; empty when it was left out or is a file. */
export function text(data: FormData, name: string): string {
  const value = data.get(name);
  return typeof value === 'string' ? value.trim() : '';
}

const secret = /password|token/i;

/** The text fields as they were typed, without secrets. */
function typed(data: FormData): Record<string, string> {
  return Object.fromEntries(
    [...data].filter(
      (pair): pair is [string, string] => typeof pair[1] === 'string' && !secret.test(pair[0]),
    ),
  );
}

/** Answers a refusal to the page of the form, which stays filled. */
export function refuse(
  form: string,
  data: FormData,
  outcome: { message: string; field?: string },
  instead: Refused['instead'] = null,
) {
  const refused: Refused = {
    form,
    message: outcome.message,
    field: outcome.field ?? null,
    values: typed(data),
    instead: instead && { epochDay: instead.epochDay, minuteOfDay: instead.minuteOfDay },
  };
  return fail(422, { refused });
}
