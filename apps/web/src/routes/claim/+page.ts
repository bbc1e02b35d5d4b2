// The key under a seal is opened on the device that scanned it, and stays there.
export const csr = true;
