// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Receipt numbers: SITE-CC-NNNN-D, unique without a network. docs/formats/intake.md

// ISO 7064 MOD 11,10 over the digits of `number`; letters count as 10 to 35, all else is ignored.
export function checkDigit(number: string): string {
  let product = 10;
  for (const sign of number.toUpperCase().replace(/[^A-Z0-9]/g, '')) {
    for (const digit of String(parseInt(sign, 36))) {
      const sum = (product + Number(digit)) % 10 || 10;
      product = (sum * 2) % 11;
    }
  }
  return String((11 - product) % 10);
}

export function receiptNumber(site: string, counter: number, sequence: number): string {
  const head = `${site}-${String(counter).padStart(2, '0')}-${String(sequence).padStart(4, '0')}`;
  return `${head}-${checkDigit(head)}`;
}

export function isReceiptNumber(number: string): boolean {
  const parts = /^(.+-[0-9]{2,}-[0-9]{4,})-([0-9])$/.exec(number.trim());
  return parts !== null && checkDigit(parts[1] ?? '') === parts[2];
}
