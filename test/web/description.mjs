// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Holds answers against an OpenAPI 3.1 document, and remembers which of its answers were seen.
import assert from 'node:assert/strict';
import Ajv from 'ajv/dist/2020.js';

// Statuses of a request that is refused before it is looked at: the document's "default".
export const kRefusals = [400, 405, 408, 413, 417, 431, 501];
const kDate = /^\d{4}-\d\d-\d\d$/;
const kTimeUtc = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
// Of OpenAPI, where the JSON schemas are not.
const kFrame = ['openapi', 'info', 'servers', 'paths', 'components'];

function pointer(...parts) {
  return parts
    .map((part) => encodeURIComponent(String(part).replace(/~/g, '~0').replace(/\//g, '~1')))
    .join('/');
}

export class Description {
  #document;
  #ajv;
  #validators = new Map();
  #seen = new Set();

  constructor(document) {
    this.#document = document;
    this.#ajv = new Ajv({ strict: true, strictTypes: false, allErrors: true });
    this.#ajv.addVocabulary(kFrame);
    this.#ajv.addFormat('date', kDate);
    this.#ajv.addFormat('date-time', kTimeUtc);
    this.#ajv.addSchema(document, 'openapi');
  }

  // Every operation as [method, path of the document, its entry].
  operations() {
    return Object.entries(this.#document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, entry]) => [method.toUpperCase(), path, entry]),
    );
  }
  methodsOf(path) {
    return Object.keys(this.#document.paths[path]).map((method) => method.toUpperCase());
  }

  // What is wrong with this value, by a schema of the document; empty if nothing is.
  faults(at, value) {
    if (!this.#validators.has(at)) {
      this.#validators.set(at, this.#ajv.compile({ $ref: `openapi#/${at}` }));
    }
    const validate = this.#validators.get(at);
    return validate(value) ? '' : this.#ajv.errorsText(validate.errors);
  }
  faultsOf(name, value) {
    return this.faults(pointer('components', 'schemas', name), value);
  }
  faultsOfBody(method, path, value) {
    const at = ['paths', path, method.toLowerCase(), 'requestBody'];
    return this.faults(pointer(...at, 'content', 'application/json', 'schema'), value);
  }

  // Fails unless the document, at `path` as it writes it, tells of this answer.
  check(method, path, answer, where = path) {
    const what = `${method} ${where} -> ${answer.status}: ${answer.body.slice(0, 300)}`;
    const { responses } = this.#document.paths[path][method.toLowerCase()];
    const refused = !responses[answer.status] && kRefusals.includes(answer.status);
    const name = refused ? 'default' : String(answer.status);
    assert.ok(responses[name], `${what}: the document knows no such answer`);
    this.#seen.add(`${method} ${path} ${name}`);
    const reference = responses[name].$ref?.slice('#/components/responses/'.length);
    const at = reference
      ? pointer('components', 'responses', reference)
      : pointer('paths', path, method.toLowerCase(), 'responses', name);
    const { content } = reference
      ? this.#document.components.responses[reference]
      : responses[name];
    this.#checkContent(at, content, answer, what);
  }
  #checkContent(at, content, answer, what) {
    if (!content) {
      assert.equal(answer.body, '', what);
      return;
    }
    const type = answer.headers['content-type'].split(';')[0];
    assert.ok(content[type], `${what}: the document knows no ${type}`);
    const value = type === 'application/json' ? JSON.parse(answer.body) : answer.body;
    const faults = this.faults(`${at}/${pointer('content', type, 'schema')}`, value);
    assert.ok(faults === '', `${what}: ${faults}`);
  }

  // Answers that the document tells of and that check() has not seen, but for "default".
  unseen() {
    return this.operations()
      .flatMap(([method, path, { responses }]) =>
        Object.keys(responses).map((status) => `${method} ${path} ${status}`),
      )
      .filter((one) => !one.endsWith(' default') && !this.#seen.has(one));
  }
}
