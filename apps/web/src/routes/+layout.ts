// Pages are HTML and forms; those that are better with a script say so themselves.
export const csr = false;
