// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Opened cases as rows and as JSON, for back-entry. One row a case; one column a field of any form.
import { csv } from './csv';
import type { Content, IntakeRecord } from './record';

export interface OpenedCase {
  record: Pick<
    IntakeRecord,
    | 'id'
    | 'receipt'
    | 'recorded_at'
    | 'office'
    | 'service'
    | 'form'
    | 'form_version'
    | 'urgency'
    | 'originals'
  >;
  state: string;
  content: Content;
}

const kHead = ['receipt', 'recorded_at', 'state', 'office', 'service', 'urgency', 'originals'];

export function casesAsCsv(cases: OpenedCase[]): string {
  const fields = [...new Set(cases.flatMap((one) => Object.keys(one.content.fields)))];
  const rows = cases.map(({ record, state, content }) => [
    record.receipt,
    record.recorded_at,
    state,
    record.office,
    record.service,
    record.urgency,
    [...record.originals, content.originals_text ?? ''].filter(Boolean).join(', '),
    ...fields.map((field) => content.fields[field] ?? ''),
  ]);
  return csv([[...kHead, ...fields], ...rows]);
}

export const casesAsJson = (cases: OpenedCase[]): string =>
  `${JSON.stringify(
    {
      cases: cases.map(({ record, state, content }) => ({
        id: record.id,
        receipt: record.receipt,
        recorded_at: record.recorded_at,
        state,
        office: record.office,
        service: record.service,
        form: record.form,
        form_version: record.form_version,
        urgency: record.urgency,
        originals: record.originals,
        originals_text: content.originals_text ?? '',
        fields: content.fields,
      })),
    },
    null,
    2,
  )}\n`;
