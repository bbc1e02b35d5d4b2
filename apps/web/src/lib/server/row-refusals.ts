/** A row that was sent: how the page calls it, and the field to look at. */
export interface SentRow {
  readonly name: string;
  readonly field: string;
}

/** A refusal that counts rows as they were sent, in the words and fields of the form that they came from. */
export function byRow(
  outcome: { readonly message: string; readonly field?: string },
  rows: readonly SentRow[],
): { message: string; field?: string } {
  let first: SentRow | undefined;
  const message = outcome.message.replace(/\b(?:row|rule|tier) (\d+)\b/gi, (counted, number: string) => {
    const row = rows[Number(number) - 1];
    first ??= row;
    return row?.name ?? counted;
  });
  const field = first?.field ?? outcome.field;
  return field === undefined ? { message } : { message, field };
}
