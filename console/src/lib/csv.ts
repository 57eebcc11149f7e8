// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// CSV as German spreadsheets open it: semicolons, a byte order mark, every cell quoted.

// A spreadsheet would run a cell that begins like this as a formula.
const kFormula = /^[=+\-@\t\r\n|%]/;

// What was typed by strangers must stay text: an apostrophe in front does that.
export const guarded = (cell: string): string =>
  kFormula.test(cell.trimStart()) || kFormula.test(cell) ? `'${cell}` : cell;

const quoted = (cell: string): string => `"${guarded(cell).replaceAll('"', '""')}"`;

export const csv = (rows: string[][]): string =>
  '\ufeff' + rows.map((row) => row.map(quoted).join(';') + '\r\n').join('');
