// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "config/values.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>

#include <arpa/inet.h>
#include <fmt/format.h>

#include "base/text.h"
#include "config/limits.h"
#include "config/shapes.h"

namespace dienstbereit::config {
namespace {

// `010` is 8 to one reader and 10 to the next.
bool has_leading_zero(std::string_view text) {
  return text.size() > 1 && text[0] == '0' && text[1] >= '0' && text[1] <= '9';
}

template <class T>
std::optional<T> parse_number(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

template <class T>
void read_any_number(Reader& reader, const Node& node, const char* wanted, T& number) {
  const std::string* text = text_of(reader, node);
  if (text == nullptr) return;
  if (has_leading_zero(*text)) {
    reader.report.error(node.mark, fmt::format("'{}' could be octal; write it without the leading "
                                               "zero",
                                               *text));
    return;
  }
  const auto value = parse_number<T>(*text);
  if (!value || !std::isfinite(static_cast<double>(*value)) || *value < 0) {
    reader.report.error(node.mark, fmt::format("'{}' is not {}", *text, wanted));
    return;
  }
  number = *value;
}

// " at column 7" of the hours parser's message: taken out, since the diagnostic's own column says
// it. Returns the column, or 1.
int take_column(std::string& message) {
  constexpr std::string_view kAt = " at column ";
  const auto at = message.rfind(kAt);
  if (at == std::string::npos) return 1;
  const auto digits = at + kAt.size();
  const auto end = std::min(message.find_first_not_of("0123456789", digits), message.size());
  const auto column = parse_number<int>(std::string_view(message).substr(digits, end - digits));
  message.erase(at, end - at);
  return column.value_or(1);
}

// Bytes of the first `characters` characters of `text`.
int bytes_of(std::string_view text, int characters) {
  int bytes = 0;
  for (char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80 && characters-- == 0) break;
    ++bytes;
  }
  return bytes;
}

// The names that carry secrets besides those of keys; whole names, since "key" is part of many.
constexpr const char* kSecretParameters[] = {"key", "auth", "pass",     "pwd",
                                             "pin", "sig",  "signature"};

bool is_secret_parameter(std::string_view name) {
  const std::string lower = to_lower_ascii(name);
  return looks_secret(lower) || lower.find("api-key") != std::string::npos ||
         std::find(std::begin(kSecretParameters), std::end(kSecretParameters), lower) !=
             std::end(kSecretParameters);
}

// The name of the first parameter of the query that has a value and looks like a secret.
std::optional<std::string> secret_parameter(std::string_view url) {
  url = url.substr(0, url.find('#'));
  std::size_t at = url.find('?');
  while (at != std::string_view::npos) {
    url.remove_prefix(at + 1);
    at = url.find_first_of("&;");
    const std::string_view parameter = url.substr(0, at);
    const std::size_t equals = parameter.find('=');
    const bool valued = equals != std::string_view::npos && equals + 1 < parameter.size();
    if (valued && is_secret_parameter(parameter.substr(0, equals))) {
      return std::string(parameter.substr(0, equals));
    }
  }
  return std::nullopt;
}

}  // namespace

bool valid_id(std::string_view id) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  if (id.empty() || id.size() > kLongestId || !letter(id[0])) return false;
  return std::all_of(id.begin(), id.end(),
                     [&](char c) { return letter(c) || c == '.' || c == '_' || c == '-'; });
}

std::string id_rule(std::string_view wrong) {
  return fmt::format("'{}' is not an id; use letters, digits, '.', '_' and '-', at most {}, "
                     "beginning with a letter or digit",
                     wrong, kLongestId);
}

const Shape& wording_shape() {
  using K = Keys<Wording>;
  static const Shape shape{
      "wording_texts",
      "a wording",
      "Text for people in two languages.",
      {K::of<&Wording::de>("de", "in German").needed(), K::of<&Wording::en>("en", "in English")}};
  return shape;
}

const std::string* text_of(Reader& reader, const Node& node) {
  if (node.kind != Node::Kind::Scalar) {
    reader.report.error(node.mark,
                        fmt::format("a single value is wanted here, this is {}", describe(node)));
    return nullptr;
  }
  if (node.text.size() > kLongestText) {
    reader.report.error(node.mark, fmt::format("longer than {} bytes; shorten it", kLongestText));
    return nullptr;
  }
  return &node.text;
}

std::optional<int> choose(Reader& reader, const Node& node, const std::vector<Choice>& choices) {
  const std::string* text = text_of(reader, node);
  if (text == nullptr) return std::nullopt;
  std::vector<std::string> words;
  for (const Choice& choice : choices) {
    if (*text == choice.word) return choice.value;
    words.emplace_back(choice.word);
  }
  const auto near = nearest(*text, words);
  reader.report.error(
      node.mark,
      near ? fmt::format("'{}' is not known here; did you mean '{}'?", *text, *near)
           : fmt::format("'{}' is not known here; write one of: {}", *text, join(words, ", ")));
  return std::nullopt;
}

void use(Reader& reader, const Node& node, Use::Wanted wanted, std::string& id) {
  const std::string* text = text_of(reader, node);
  if (text == nullptr) return;
  id = *text;
  reader.places.uses.push_back(Use{wanted, id, node.mark});
}

void define(Reader& reader, const Node& node, IdKind kind, std::string& id) {
  const std::string* text = text_of(reader, node);
  if (text == nullptr) return;
  if (!valid_id(*text)) {
    reader.report.error(node.mark, id_rule(*text));
    return;
  }
  if (*text == "ALL") {
    reader.report.error(node.mark, "'ALL' means every place in commands; take another id");
    return;
  }
  id = *text;
  const auto [known, fresh] = reader.places.definitions.emplace(id, Definition{kind, node.mark});
  if (!fresh) {
    reader.report.error(node.mark, fmt::format("id '{}' is taken by the {} at {}; ids are unique "
                                               "over the whole district",
                                               id, name_of(known->second.kind),
                                               reader.report.place(known->second.mark)));
  }
}

void read_text(Reader& reader, const Node& node, std::string& text) {
  if (const std::string* value = text_of(reader, node)) text = *value;
}

void read_wording(Reader& reader, const Node& node, Wording& wording) {
  if (node.kind == Node::Kind::Map) {
    read_shape(reader, node, wording_shape(), &wording);
  } else {
    read_text(reader, node, wording.de);
  }
}

void read_duration(Reader& reader, const Node& node, Duration& duration) {
  const std::string* text = text_of(reader, node);
  if (text == nullptr) return;
  if (const auto parsed = parse_duration(*text)) {
    duration = *parsed;
  } else {
    reader.report.error(node.mark, fmt::format("'{}' is not a duration; write a number and a unit: "
                                               "'500 ms', '30 s', '5 min', '4 h', '1 d'",
                                               *text));
  }
}

void read_count(Reader& reader, const Node& node, unsigned& count) {
  read_any_number(reader, node, "a whole number from 0 on", count);
}

void read_number(Reader& reader, const Node& node, double& number) {
  read_any_number(reader, node, "a number from 0 on", number);
}

void read_boolean(Reader& reader, const Node& node, bool& value) {
  if (const auto chosen = choose(reader, node, {{"true", 1}, {"false", 0}})) value = *chosen == 1;
}

void read_hours(Reader& reader, const Node& node, OpeningHours& hours) {
  const std::string* text = text_of(reader, node);
  if (text == nullptr) return;
  if (auto parsed = parse_hours(*text)) {
    hours = std::move(*parsed);
    return;
  } else {
    std::string message = parsed.error().message;
    const int before = bytes_of(*text, take_column(message) - 1);
    reader.report.error(node.mark.plus(before + (node.quoted ? 1 : 0)),
                        message + " (docs/formats/hours.md has the grammar)");
  }
}

void read_url(Reader& reader, const Node& node, std::string& url) {
  read_text(reader, node, url);
  if (url.empty()) return;
  const auto scheme = url.find("://");
  if (!url.starts_with("http://") && !url.starts_with("https://")) {
    reader.report.error(node.mark, fmt::format("'{}' is not a web address; begin it with http:// "
                                               "or https://",
                                               url));
  } else if (url.find_first_of(" \t\"<>\\^`{|}") != std::string::npos) {
    reader.report.error(node.mark, "this address holds a character that must be percent-encoded");
  } else if (url.substr(scheme + 3, url.find_first_of("/?#", scheme + 3) - scheme - 3).find('@') !=
             std::string::npos) {
    reader.report.error(node.mark, "this address carries a user or password; write 'user:' and "
                                   "'credential:' instead");
    url.clear();
  } else if (const auto secret = secret_parameter(url)) {
    reader.report.error(node.mark,
                        fmt::format("the parameter '{}' of this address carries a secret, and "
                                    "secrets never stand here; take a page that needs none, or "
                                    "write 'user:' and 'credential:'",
                                    *secret));
    url.clear();
  } else if (url.size() == scheme + 3) {
    reader.report.error(node.mark, fmt::format("'{}' names no host", url));
  }
}

void read_email(Reader& reader, const Node& node, std::string& email) {
  read_text(reader, node, email);
  const auto at = email.find('@');
  const bool sound = at != std::string::npos && at > 0 && at + 1 < email.size() &&
                     email.find_first_of(" \t\r\n<>,;@", at + 1) == std::string::npos &&
                     email.find_first_of(" \t\r\n<>,;") == std::string::npos;
  if (!email.empty() && !sound) {
    reader.report.error(node.mark,
                        fmt::format("'{}' is not a mail address; write name@domain", email));
  }
}

void read_numeric_address(Reader& reader, const Node& node, std::string& address) {
  read_text(reader, node, address);
  if (!is_numeric_address(address)) {
    reader.report.error(node.mark, fmt::format("'{}' is not a numeric address; write one like "
                                               "192.0.2.1 or 2001:db8::1: names need a DNS that "
                                               "may be down",
                                               address));
  }
}

void read_credential(Reader& reader, const Node& node, std::string& name) {
  read_text(reader, node, name);
  if (!valid_id(name)) {
    reader.report.error(node.mark, "a credential is the name of a file in the credentials folder "
                                   "(letters, digits, '.', '_', '-'), never the secret itself");
    name.clear();
  }
}

void read_file_name(Reader& reader, const Node& node, std::string& name) {
  read_text(reader, node, name);
  if (name.empty() || name[0] == '/' || name.find("..") != std::string::npos) {
    reader.report.error(node.mark, "a file is named relative to the district's folder, without "
                                   "'..'");
  }
}

void report_digits(Reader& reader, const Node& node, std::size_t digits) {
  reader.report.error(node.mark, fmt::format("'{}' must be exactly {} digits", node.text, digits));
}

namespace {

bool valid_host(const std::string& host) {
  in6_addr binary;
  if (inet_pton(AF_INET6, host.c_str(), &binary) == 1) return true;
  constexpr std::string_view kAllowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";
  return !host.empty() && host.size() <= 253 && host[0] != '-' && host[0] != '.' &&
         host.find_first_not_of(kAllowed) == std::string::npos;
}

// "host", "host:port", "[v6]", "[v6]:port", or a bare IPv6 address.
std::optional<Endpoint> parse_endpoint(std::string_view text, std::uint16_t default_port) {
  std::string_view host = text;
  std::string_view port;
  if (text.starts_with('[')) {
    const auto close = text.find(']');
    if (close == std::string_view::npos) return std::nullopt;
    host = text.substr(1, close - 1);
    port = text.substr(close + 1);
    if (!port.empty() && port[0] != ':') return std::nullopt;
    if (!port.empty()) port.remove_prefix(1);
  } else if (std::count(text.begin(), text.end(), ':') == 1) {
    host = text.substr(0, text.find(':'));
    port = text.substr(text.find(':') + 1);
    if (port.empty()) return std::nullopt;
  }
  Endpoint endpoint{std::string(host), default_port};
  if (!port.empty()) {
    const auto [end, error] =
        std::from_chars(port.data(), port.data() + port.size(), endpoint.port);
    if (error != std::errc() || end != port.data() + port.size()) return std::nullopt;
  }
  if (endpoint.port == 0 || !valid_host(endpoint.host)) return std::nullopt;
  return endpoint;
}

}  // namespace

void read_endpoint_text(Reader& reader, const Node& node, std::uint16_t default_port,
                        Endpoint& endpoint) {
  std::string text;
  read_text(reader, node, text);
  if (text.empty()) return;
  if (const auto parsed = parse_endpoint(text, default_port)) {
    endpoint = *parsed;
  } else {
    reader.report.error(node.mark, fmt::format("'{}' is not host:port with a port from 1 to 65535; "
                                               "write IPv6 as [::1]:25",
                                               text));
  }
}

void read_absolute_path(Reader& reader, const Node& node, std::string& path) {
  read_text(reader, node, path);
  if (path.size() < 2 || path[0] != '/' || path.find_first_of(" \t\r\n") != std::string::npos) {
    reader.report.error(node.mark, fmt::format("'{}' is no absolute path without spaces; write one "
                                               "like /etc/postfix",
                                               path));
  }
}

}  // namespace dienstbereit::config
