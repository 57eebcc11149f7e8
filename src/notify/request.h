// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "notify/letter.h"

namespace dienstbereit::notify {

// One transfer as libcurl is to make it.
struct Request {
  std::string url;
  // "host:port:address,address": what the url's host stands for, since libcurl never asks for names
  // itself. Empty where the host is numeric.
  std::string resolved;
  std::string bind;
  bool verify = true;
  std::filesystem::path ca_file;  // empty: the system's trust store
  std::string user;
  std::string password;
  std::chrono::milliseconds timeout{30'000};

  // mail
  bool mail = false;
  bool starttls = false;
  std::string from;
  std::string to;

  // both
  std::string body;

  // http
  std::string method = "POST";
  std::vector<std::string> headers;  // "Name: value"
};

// One file a kind: what a letter becomes. `secret` is the channel's credential, empty if it has
// none; `now` is civil. Errors: the letter's address or the channel's template is no good.
Result<Request> mail_request(const Letter& letter, const std::string& secret, Instant now);
Result<Request> webhook_request(const Letter& letter, const std::string& secret);
Result<Request> alertmanager_request(const Letter& letter, const std::string& secret);
Result<Request> sms_request(const Letter& letter, const std::string& secret);
Result<Request> request_for(const Letter& letter, const std::string& secret, Instant now);

// "+49..." or digits: at most 20.
bool valid_number(std::string_view number);

// Common to all that goes by HTTP: address, secret as bearer token or basic authentication, the key
// as header.
Request http_request(const Letter& letter, const std::string& secret);

}  // namespace dienstbereit::notify
