/** An operation of a run that needs machine time. */
export interface OperationToBook {
  readonly runOperationId: string;
  readonly position: number;
  readonly cellKind: string;
  readonly minutes: number;
}

export interface BookOperationsInput {
  readonly coopId: string;
  readonly notBefore: Date;
  readonly horizon: Date;
  readonly operations: readonly OperationToBook[];
}

export type BookOperationsOutcome =
  | { readonly kind: 'Booked'; readonly endsAt: Date }
  | { readonly kind: 'NoCapacity'; readonly position: number; readonly cellKind: string };
