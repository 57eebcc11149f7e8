// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// A setup as a server gives it, with a field of each type.
const both = (de, en) => ({ de, en });
const field = (id, type, label, more = {}) =>
  ({ id, type, label, required: true, max: 80, ...more });

export const kSetup = {
  setup_version: '1',
  title: both('Notannahme während der Störung', 'Emergency intake during the outage'),
  status_url: 'https://status.example.org/',
  retention_hours: 12,
  offices: [
    { office: 'KFZ', name: both('Zulassungsstelle', 'Vehicle registration'), key_id: null, public_key: null },
    { office: 'GA', name: both('Gesundheitsamt', 'Health office'), key_id: null, public_key: null },
  ],
  services: [
    {
      service: 'KFZ-NEU', office: 'KFZ', form: 'vehicle',
      name: both('Fahrzeug zulassen oder umschreiben', 'Register or transfer a vehicle'),
      what_next: both('Wir rufen Sie an, sobald die Zulassung möglich ist. Ihre Papiere liegen verschlossen bei uns.', 'We call you as soon as registration is possible. Your papers are locked away with us.'),
    },
    {
      service: 'GA-SCHULE', office: 'GA', form: 'health',
      name: both('Termin zur Schuleingangsuntersuchung', 'School entry check'),
      what_next: both('Sie bekommen einen Termin per Post.', 'You get an appointment by post.'),
    },
  ],
  forms: [
    {
      form: 'vehicle', version: 3, title: both('Fahrzeug', 'Vehicle'),
      purpose: both('Aufnahme für die spätere Zulassung. Zugelassen wird heute nichts.', 'Taken for registration later. Nothing is registered today.'),
      proves_not: both('Diese Quittung ist keine Zulassung. Mit dem Fahrzeug darf nicht gefahren werden.', 'This receipt is no registration. The vehicle must not be driven.'),
      fields: [
        field('name', 'text', both('Name der Halterin oder des Halters', 'Name of the keeper'), { hint: 'name' }),
        field('born', 'date', both('Geburtsdatum', 'Date of birth'), { hint: 'birth_date', max: 10 }),
        field('address', 'text', both('Anschrift', 'Address'), { max: 160 }),
        field('phone', 'phone', both('Telefon', 'Telephone'), { help: both('Unter dieser Nummer rufen wir an.', 'We call this number.'), max: 30 }),
        field('vin', 'vin', both('Fahrzeug-Identifizierungsnummer (FIN)', 'Vehicle identification number (VIN)'), { hint: 'vin', max: 17, help: both('Zulassungsbescheinigung Teil II, Feld E.', 'Registration certificate part II, field E.') }),
        field('evb', 'evb', both('eVB-Nummer', 'eVB number'), { max: 7 }),
        field('iban', 'iban', both('IBAN für die Kfz-Steuer', 'IBAN for vehicle tax'), { max: 34, required: false }),
        field('plate', 'plate', both('Bisheriges Kennzeichen', 'Present number plate'), { required: false, max: 12 }),
        field('hu', 'month', both('Nächste Hauptuntersuchung', 'Next main inspection'), { required: false, max: 7 }),
        field('kind', 'choice', both('Vorgang', 'Matter'), {
          choices: [{ id: 'new', label: both('Neuzulassung', 'New') }, { id: 'transfer', label: both('Umschreibung', 'Transfer') }],
        }),
      ],
      originals: [
        { code: 'zb1', label: both('Zulassungsbescheinigung Teil I', 'Registration certificate part I') },
        { code: 'zb2', label: both('Zulassungsbescheinigung Teil II', 'Registration certificate part II') },
        { code: 'plates', label: both('Kennzeichenschilder', 'Number plates') },
      ],
    },
    {
      form: 'health', version: 1, title: both('Schuleingang', 'School entry'),
      purpose: both('Nur was für einen Termin nötig ist. Keine Befunde.', 'Only what an appointment needs. No findings.'),
      proves_not: both('Diese Quittung ist keine Bescheinigung der Untersuchung.', 'This receipt does not certify the check.'),
      fields: [
        field('name', 'text', both('Name des Kindes', 'Name of the child'), { hint: 'name' }),
        field('born', 'date', both('Geburtsdatum', 'Date of birth'), { hint: 'birth_date', max: 10 }),
        field('phone', 'phone', both('Telefon der Eltern', 'Telephone of the parents'), { max: 30 }),
      ],
      originals: [],
    },
  ],
};
