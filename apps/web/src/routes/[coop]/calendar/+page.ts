// Picking a time on the sheet, the price before holding and the countdown are better with a script.
export const csr = true;
