// Certificates are judged on the device itself, also where there is no network.
export const csr = true;
