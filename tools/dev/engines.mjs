// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
// engines.mjs FLOOR LOCKFILE: exits 1 and names each package of the lock file whose `engines.node`
// does not admit every late release of Node.js FLOOR.
import { readFileSync } from 'node:fs';

const [floor, lockFile] = [Number(process.argv[2]), process.argv[3]];
const latestMinor = 20; // Debian 12 has 18.20

// One comparator such as ">=14.17", "^18.0.0", "18.x", "<23", "*".
function admits(comparator) {
  const match = /^(>=|<=|>|<|\^|~|=)?\s*v?(\d+|\*|x)(?:\.(\d+|\*|x))?/.exec(comparator);
  if (!match || /[*x]/.test(match[2])) return true;
  const [, operator = '', major, minor = '0'] = match;
  const given = Number(major) * 1000 + (Number(minor) || 0);
  const ours = floor * 1000 + latestMinor;
  if (operator.startsWith('>')) return given <= ours;
  if (operator === '<') return ours < given;
  if (operator === '<=') return ours <= given;
  return Number(major) === floor && (Number(minor) || 0) <= latestMinor;
}

const allOf = (range) => range.replace(/(>=|<=|>|<|\^|~|=)\s+/g, '$1').trim().split(/\s+/);
const admitted = (range) => range.split('||').some((part) => allOf(part).every(admits));

const packages = JSON.parse(readFileSync(lockFile, 'utf8')).packages;
const refused = Object.entries(packages).filter(
  ([, entry]) => entry.engines?.node && !entry.optional && !admitted(entry.engines.node),
);
for (const [name, entry] of refused) {
  console.error(`${name} ${entry.version} wants Node ${entry.engines.node}; the floor is ${floor}`);
}
process.exit(refused.length === 0 ? 0 : 1);
