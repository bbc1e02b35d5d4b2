import { fail } from '@sveltejs/kit';

/** What a form shows again after a refusal: the message, the field it is about, and what was typed. */
export interface Refused {
  /** Which form of the page. */
  readonly form: string;
  readonly message: string;
  readonly field: string | null;
  readonly values: Readonly<Record<string, string>>;
  /** The nearest times that would do instead, on the wall clock of the place. */
  readonly instead: readonly Instead[];
  /** Somebody else has it: one can wait for it. */
  readonly taken: boolean;
}

export interface Instead {
  readonly epochDay: number;
  readonly minuteOfDay: number;
  readonly stationId: string | null;
  /** How long it is, when it is not as long as what was asked for. */
  readonly minutes?: number;
}

/** The text fields of a form, asked for as those of an address are. */
export const fields = (data: FormData): Pick<URLSearchParams, 'get'> => ({
  get: (name) => {
    const value = data.get(name);
    return typeof value === 'string' ? value : null;
  },
});

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

/** What is for good is not done before somebody ticked that they know it. */
export const NOT_UNDERSTOOD = {
  message: 'Tick that you have read what cannot be undone; nothing was changed.',
  field: 'understood',
};

/** Answers a refusal to the page of the form, which stays filled. */
export function refuse(
  form: string,
  data: FormData,
  outcome: { message: string; field?: string },
  help: Partial<Pick<Refused, 'instead' | 'taken'>> = {},
) {
  const refused: Refused = {
    form,
    message: outcome.message,
    field: outcome.field ?? null,
    values: typed(data),
    instead: help.instead ?? [],
    taken: help.taken ?? false,
  };
  return fail(422, { refused });
}
