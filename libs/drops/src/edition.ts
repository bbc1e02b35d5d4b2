/** The largest edition that the contract can number, and its price range in minor units. */
export const MAX_EDITION_SIZE = 1_000_000;
export const MAX_UNIT_PRICE_MINOR = 100_000_000n;

/** The most steps of a recipe and the most minutes of one of its operations. */
export const MAX_OPERATIONS = 50;
export const MAX_OPERATION_MINUTES = 1440;

/** A value that is outside what is accepted, by the name of its field. */
export interface FieldRefused {
  readonly kind: 'FieldRefused';
  readonly field: string;
  readonly message: string;
}

export interface EditionAccepted {
  readonly kind: 'EditionAccepted';
}

/** One step of a recipe: what is done on which kind of cell, minutes to set up and minutes per unit. */
export interface RecipeStep {
  readonly cellKind: string;
  readonly name: string;
  readonly setupMinutes: number;
  readonly minutesPerUnit: number;
}

export interface WorkAccepted {
  readonly kind: 'WorkAccepted';
}

// Databases refuse the null character, and no printed text needs the others; tab and line breaks are welcome.
const CONTROL = /[^\P{Cc}\t\n\r]/u;

function nameOf(step: RecipeStep): string {
  return step.name;
}

function refuse(field: string, message: string): FieldRefused {
  return { kind: 'FieldRefused', field, message };
}

/** Decides whether an edition may have `size` pieces at `unitPriceMinor` each (1 to 1,000,000 pieces of at least one minor unit). */
export function decideEdition(input: {
  readonly size: number;
  readonly unitPriceMinor: bigint;
}): EditionAccepted | FieldRefused {
  const { size, unitPriceMinor } = input;
  if (!Number.isInteger(size) || size < 1 || size > MAX_EDITION_SIZE)
    return refuse('size', `The edition would have ${size} pieces. Choose 1 to ${MAX_EDITION_SIZE}.`);
  if (unitPriceMinor < 1n || unitPriceMinor > MAX_UNIT_PRICE_MINOR)
    return refuse(
      'unitPriceMinor',
      `A piece would cost ${unitPriceMinor.toString()} minor units. Choose 1 to ${MAX_UNIT_PRICE_MINOR.toString()}.`,
    );
  return { kind: 'EditionAccepted' };
}

/** Decides whether a work with this SKU, title and recipe can be made: 1 to 50 operations, each on a named kind of cell. */
export function decideWork(input: {
  readonly sku: string;
  readonly title: string;
  readonly description: string;
  readonly materials: string;
  readonly recipe: readonly RecipeStep[];
}): WorkAccepted | FieldRefused {
  if (!/^[A-Z0-9][A-Z0-9-]{1,31}$/.test(input.sku))
    return refuse('sku', `The SKU is "${input.sku}". Use 2 to 32 capital letters, digits and hyphens.`);
  if (input.title.trim() === '' || input.title.length > 200)
    return refuse('title', 'The title is empty or longer than 200 characters. Give a short one.');
  for (const [field, text, longest] of [
    ['description', input.description, 10_000],
    ['materials', input.materials, 2000],
  ] as const)
    if (text.length > longest)
      return refuse(field, `The ${field} has ${text.length} characters. Use at most ${longest}.`);
  if (CONTROL.test([input.title, input.description, input.materials, ...input.recipe.map(nameOf)].join(' ')))
    return refuse('title', 'A text holds a control character. Send plain text with line breaks at most.');
  if (input.recipe.length < 1 || input.recipe.length > MAX_OPERATIONS)
    return refuse('recipe', `The recipe has ${input.recipe.length} operations. Give 1 to ${MAX_OPERATIONS}.`);
  for (const [index, step] of input.recipe.entries()) {
    const refused = refuseStep(step, index + 1);
    if (refused !== null) return refused;
  }
  return { kind: 'WorkAccepted' };
}

function refuseStep(step: RecipeStep, position: number): FieldRefused | null {
  const at = `Operation ${position}`;
  if (!/^[a-z][a-z0-9-]{0,31}$/.test(step.cellKind))
    return refuse(
      'recipe',
      `${at} names the kind of cell "${step.cellKind}". Use a kind such as cut, print or qa.`,
    );
  if (step.name.trim() === '' || step.name.length > 100)
    return refuse('recipe', `${at} has no name, or one longer than 100 characters. Say what is done.`);
  const minutes = (value: number, least: number): boolean =>
    Number.isInteger(value) && value >= least && value <= MAX_OPERATION_MINUTES;
  if (!minutes(step.setupMinutes, 0))
    return refuse(
      'recipe',
      `${at} takes ${step.setupMinutes} minutes to set up. Choose 0 to ${MAX_OPERATION_MINUTES}.`,
    );
  if (!minutes(step.minutesPerUnit, 1))
    return refuse(
      'recipe',
      `${at} takes ${step.minutesPerUnit} minutes per unit. Choose 1 to ${MAX_OPERATION_MINUTES}.`,
    );
  return null;
}
