// Only the holder's own wallet can report a piece missing.
export const csr = true;
