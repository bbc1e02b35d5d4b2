/** A step of a recipe. */
export interface RecipeStep {
  readonly position: number;
  readonly cellKind: string;
  readonly name: string;
  readonly setupMinutes: number;
  readonly minutesPerUnit: number;
}

/** A step as it is planned for a lot. */
export interface PlannedStep {
  readonly position: number;
  readonly cellKind: string;
  readonly name: string;
  readonly minutes: number;
}

/** The steps that `quantity` units go through together, in recipe order: each is set up once, then runs per unit. */
export function stepsOfLot(recipe: readonly RecipeStep[], quantity: number): PlannedStep[] {
  if (!Number.isSafeInteger(quantity) || quantity < 1)
    throw new RangeError(`a lot of ${quantity} units cannot be made; expected 1 or more`);
  return [...recipe]
    .sort((a, b) => a.position - b.position)
    .map(({ position, cellKind, name, setupMinutes, minutesPerUnit }) => ({
      position,
      cellKind,
      name,
      minutes: setupMinutes + minutesPerUnit * quantity,
    }));
}

/**
 * The orders in batches of about `unitsAtOnce` units, in their order: a batch is full once it has that many, so it may
 * be over by less than one order.
 */
export function batchesOfUnits<Ordered extends { readonly quantity: number }>(
  ordered: readonly Ordered[],
  unitsAtOnce: number,
): Ordered[][] {
  const batches: Ordered[][] = [];
  let units = unitsAtOnce;
  for (const order of ordered) {
    if (units >= unitsAtOnce) {
      batches.push([]);
      units = 0;
    }
    batches.at(-1)?.push(order);
    units += order.quantity;
  }
  return batches;
}
