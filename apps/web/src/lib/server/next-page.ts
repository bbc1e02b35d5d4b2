/** Where the next page of a list begins; null on the last one. */
export const nextOf = ({
  hasNextPage,
  endCursor,
}: {
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}): string | null => (hasNextPage ? endCursor : null);
