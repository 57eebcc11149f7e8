// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Holds the example districts against the JSON Schema that 'dienstbereit check --schema' prints for
// editors, read as editors read YAML; and what is wrong with a district against schema and check.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import Ajv from 'ajv/dist/2020.js';
import { parseDocument } from 'yaml';

const kProgram =
  process.env.DIENSTBEREIT ??
  new URL('../../build/release/dienstbereit', import.meta.url).pathname;
const kExamples = new URL('../../examples/', import.meta.url).pathname;
const kStage = 'musterkreis/stage.yaml'; // no part of a district

function run(...words) {
  const { status, stdout, stderr, error } = spawnSync(kProgram, words, { encoding: 'utf8' });
  if (error) throw error;
  return { status, stdout, stderr };
}

const printed = run('check', '--schema');
const schema = JSON.parse(printed.stdout);
const compile = (one) =>
  new Ajv({ strict: true, allowUnionTypes: true, allErrors: true }).compile(one);
const validate = compile(schema);
// A form of emergency intake stands in a file of its own.
const validateForm = compile({
  $schema: schema.$schema, $defs: schema.$defs, $ref: '#/$defs/form',
});

function read(text) {
  const document = parseDocument(text);
  assert.deepEqual([...document.errors, ...document.warnings], []);
  return document.toJS();
}

// What the schema says against it; empty if nothing.
function faults(text, against = validate) {
  if (against(read(text))) return [];
  return against.errors.map(({ instancePath, message }) => `${instancePath}: ${message}`);
}

// Those of a district: stories have a format of their own (docs/formats/story.md).
const kFiles = readdirSync(kExamples, { recursive: true }).filter(
  (name) => name.endsWith('.yaml') && name !== kStage && !name.startsWith('stories/'),
);

test('the schema is printed', () => {
  assert.equal(printed.status, 0, printed.stderr);
});

test('it accepts every file of every example', () => {
  assert.ok(kFiles.length > 8, kFiles.join());
  for (const name of kFiles) {
    const against = name.includes('/forms/') ? validateForm : validate;
    assert.deepEqual(faults(readFileSync(join(kExamples, name), 'utf8'), against), [], name);
  }
});

// Each is one change of the smallest district that makes it wrong: [what, by, says the schema].
const kWrong = [
  ['services:', 'servces:', /must NOT have additional properties/],
  ['offered:', 'ofered:', /must (have required property 'offered'|NOT have additional)/],
  ['kind: counter', 'kind: cuonter', /must be equal to one of the allowed values/],
  ['kind: http', 'kind: htp', /must (be equal to|match)/],
  ['every: ', 'evry: ', /must NOT have/],
  ['id: HAUS', 'id: [1, 2]', /must be string/],
  ['timeout: 1 s', 'timeout: soon', /must match pattern/],
  ['ags: 05999', 'ags: {de: 05999}', /must (be|match)/],
];

test('it refuses what check refuses', () => {
  const smallest = readFileSync(join(kExamples, 'smallest.yaml'), 'utf8');
  const folder = mkdtempSync(join(tmpdir(), 'dienstbereit-schema-'));
  try {
    for (const [what, by, said] of kWrong) {
      assert.ok(smallest.includes(what), what);
      const wrong = smallest.replace(what, by);
      assert.match(faults(wrong).join('\n'), said, by);
      const file = join(folder, 'wrong.yaml');
      writeFileSync(file, wrong);
      const checked = run('check', file);
      assert.equal(checked.status, 2, `${by}: ${checked.stdout}`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('it refuses a stage file, and what is no map', () => {
  assert.notDeepEqual(faults(readFileSync(join(kExamples, kStage), 'utf8')), []);
  assert.notDeepEqual(faults('- 1\n- 2\n'), []);
  assert.notDeepEqual(faults('text'), []);
});
