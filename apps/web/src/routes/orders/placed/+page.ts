// Whoever has just ordered sees the payment arrive.
export const csr = true;
