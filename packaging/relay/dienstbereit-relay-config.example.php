<?php
// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Copy to dienstbereit-relay-config.php beside the relay, and change both. Requested by a browser
// it shows nothing.
return [
    // The same as in the secret that the district's relay names: 'openssl rand -hex 32'.
    'secret' => '',
    // The addresses that may be asked, each exactly as the district writes it.
    'allowed' => [
        'https://www.example.de/',
    ],
];
