<?php
// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Looks at your homepage from outside, for Dienstbereit (docs/formats/relay.md). Put this file and
// dienstbereit-relay-config.php beside it on any web space with PHP 7.4 or newer and its curl
// extension. It asks nothing but the addresses of that list, for nobody who does not know the
// secret, and never passes on what it reads.
declare(strict_types=1);

const VERSION = 1;
const LARGEST_QUESTION = 8192;   // bytes
const LARGEST_PAGE = 1048576;    // bytes; what follows is not read
const CLOCK_TOLERANCE = 300;     // seconds
const SHORTEST_TIMEOUT = 1000;   // ms
const LONGEST_TIMEOUT = 60000;   // ms
const SHORTEST_SECRET = 16;      // bytes
const SIGNATURE = 'X-Dienstbereit-Signature';

function answer(int $status, array $body, string $secret = ''): void
{
    $text = json_encode(['version' => VERSION] + $body,
        JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE);
    http_response_code($status);
    header('Content-Type: application/json');
    header('Cache-Control: no-store');
    header('Content-Length: ' . strlen($text));
    if ($secret !== '') {
        header(SIGNATURE . ': ' . hash_hmac('sha256', $text, $secret));
    }
    echo $text;
}

function read_config(): ?array
{
    $file = __DIR__ . '/dienstbereit-relay-config.php';
    $config = is_file($file) ? require $file : null;
    $sound = is_array($config) && is_string($config['secret'] ?? null)
        && strlen($config['secret']) >= SHORTEST_SECRET && is_array($config['allowed'] ?? null);
    return $sound ? $config : null;
}

// Where curl was when it gave up.
function phase_of(int $error, array $info): string
{
    if (in_array($error, [CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY], true)) {
        return 'resolve';
    }
    if (in_array($error, [CURLE_SSL_CONNECT_ERROR, 60, 58, 59, 66, 77, 83, 90, 91], true)) {
        return 'tls';
    }
    if (($info['namelookup_time'] ?? 0) == 0) {
        return 'resolve';
    }
    if (($info['connect_time'] ?? 0) == 0) {
        return 'connect';
    }
    return ($info['pretransfer_time'] ?? 0) == 0 ? 'tls' : 'transfer';
}

// Days until the first certificate to end does; null without one.
function certificate_days(array $chain): ?int
{
    $days = null;
    foreach ($chain as $certificate) {
        $end = strtotime($certificate['Expire date'] ?? '');
        if ($end !== false) {
            $left = (int) floor(($end - time()) / 86400);
            $days = $days === null ? $left : min($days, $left);
        }
    }
    return $days;
}

function look(string $url, int $timeout, string $text): array
{
    $page = '';
    $curl = curl_init();
    $keep = static function ($_, string $bytes) use (&$page): int {
        $page .= substr($bytes, 0, max(0, LARGEST_PAGE - strlen($page)));
        return strlen($page) < LARGEST_PAGE ? strlen($bytes) : 0;  // 0 ends the transfer
    };
    curl_setopt_array($curl, [
        CURLOPT_URL => $url,
        CURLOPT_PROTOCOLS => CURLPROTO_HTTP | CURLPROTO_HTTPS,
        CURLOPT_FOLLOWLOCATION => false,  // only what the list names
        CURLOPT_PROXY => '',
        CURLOPT_TIMEOUT_MS => $timeout,
        CURLOPT_NOSIGNAL => true,
        CURLOPT_SSL_VERIFYPEER => true,
        CURLOPT_SSL_VERIFYHOST => 2,
        CURLOPT_CERTINFO => true,
        CURLOPT_USERAGENT => 'dienstbereit-relay',
        CURLOPT_WRITEFUNCTION => $keep,
    ]);
    $began = microtime(true);
    curl_exec($curl);
    $error = curl_errno($curl);
    $info = curl_getinfo($curl);
    $full = strlen($page) >= LARGEST_PAGE;
    $reached = $error === 0 || ($error === CURLE_WRITE_ERROR && $full);
    return [
        'reached' => $reached,
        'phase' => $reached ? '' : phase_of($error, $info),
        'detail' => $reached ? '' : curl_strerror($error),
        'status' => (int) ($info['http_code'] ?? 0),
        'text_found' => $reached && ($text === '' || strpos($page, $text) !== false),
        'bytes' => strlen($page),
        'ms' => (int) round((microtime(true) - $began) * 1000),
        'certificate_days' => certificate_days($info['certinfo'] ?? []),
    ];
}

function main(): void
{
    $config = read_config();
    if ($config === null || !function_exists('curl_init')) {
        answer(500, ['error' => 'not set up: see docs/formats/relay.md']);
        return;
    }
    $secret = $config['secret'];
    $body = file_get_contents('php://input', false, null, 0, LARGEST_QUESTION + 1);
    $given = $_SERVER['HTTP_X_DIENSTBEREIT_SIGNATURE'] ?? '';
    $signed = is_string($body) && is_string($given)
        && hash_equals(hash_hmac('sha256', $body, $secret), $given);
    if ($_SERVER['REQUEST_METHOD'] !== 'POST' || !$signed || strlen($body) > LARGEST_QUESTION) {
        answer(403, ['error' => 'not signed with the shared secret']);
        return;
    }
    $question = json_decode($body, true, 4);
    if (!is_array($question) || ($question['version'] ?? 0) !== VERSION
        || !is_string($question['nonce'] ?? null) || !is_string($question['url'] ?? null)
        || !is_int($question['time'] ?? null) || !is_int($question['timeout_ms'] ?? null)
        || !is_string($question['text'] ?? null)) {
        answer(400, ['error' => 'no question of version 1']);
        return;
    }
    if (abs(time() - $question['time']) > CLOCK_TOLERANCE) {
        answer(403, ['error' => 'the clocks of the two machines differ by more than 5 minutes']);
        return;
    }
    if (!in_array($question['url'], $config['allowed'], true)) {
        answer(403, ['error' => 'this address is not on the list of the relay']);
        return;
    }
    $timeout = min(LONGEST_TIMEOUT, max(SHORTEST_TIMEOUT, $question['timeout_ms']));
    $seen = look($question['url'], $timeout, $question['text']);
    answer(200, ['nonce' => $question['nonce']] + $seen, $secret);
}

main();
