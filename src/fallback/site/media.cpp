// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "fallback/site/media.h"

#include <array>
#include <fstream>
#include <string>

#include "base/text.h"

namespace dienstbereit::fallback::site {
namespace {

struct Ending {
  std::string_view ending;
  const char* type;
};
constexpr std::array<Ending, 38> kEndings{
    {{"html", "text/html"},
     {"htm", "text/html"},
     {"xhtml", "text/html"},
     {"css", "text/css"},
     {"png", "image/png"},
     {"jpg", "image/jpeg"},
     {"jpeg", "image/jpeg"},
     {"gif", "image/gif"},
     {"webp", "image/webp"},
     {"avif", "image/avif"},
     {"svg", "image/svg+xml"},
     {"ico", "image/x-icon"},
     {"bmp", "image/bmp"},
     {"woff2", "font/woff2"},
     {"woff", "font/woff"},
     {"ttf", "font/ttf"},
     {"otf", "font/otf"},
     {"eot", "application/vnd.ms-fontobject"},
     {"pdf", "application/pdf"},
     {"txt", "text/plain; charset=utf-8"},
     {"csv", "text/csv; charset=utf-8"},
     {"ics", "text/calendar; charset=utf-8"},
     {"vcf", "text/vcard; charset=utf-8"},
     {"json", "application/json"},
     {"xml", "application/xml"},
     {"rss", "application/rss+xml"},
     {"atom", "application/atom+xml"},
     {"zip", "application/zip"},
     {"doc", "application/msword"},
     {"docx", "application/vnd.openxmlformats-officedocument."
              "wordprocessingml.document"},
     {"xlsx", "application/vnd.openxmlformats-officedocument."
              "spreadsheetml.sheet"},
     {"odt", "application/vnd.oasis.opendocument.text"},
     {"ods", "application/vnd.oasis.opendocument.spreadsheet"},
     {"mp3", "audio/mpeg"},
     {"mp4", "video/mp4"},
     {"webm", "video/webm"},
     {"vtt", "text/vtt; charset=utf-8"},
     {"webmanifest", "application/manifest+json"}}};

constexpr std::array<std::string_view, 9> kPrograms{"js",  "mjs", "cjs",  "swf", "htc",
                                                    "hta", "vbs", "wasm", "jar"};

struct Magic {
  std::string_view bytes;
  const char* type;
};
constexpr std::array<Magic, 7> kMagic{{{"%PDF-", "application/pdf"},
                                       {"\x89PNG", "image/png"},
                                       {"\xFF\xD8\xFF", "image/jpeg"},
                                       {"GIF8", "image/gif"},
                                       {"wOF2", "font/woff2"},
                                       {"wOFF", "font/woff"},
                                       {"RIFF", "image/webp"}}};

std::string ending_of(std::string_view name) {
  name = name.substr(name.rfind('/') + 1);
  const auto dot = name.rfind('.');
  return dot == std::string_view::npos ? "" : to_lower_ascii(name.substr(dot + 1));
}

const char* known(const std::string& ending) {
  for (const Ending& one : kEndings) {
    if (one.ending == ending) return one.type;
  }
  return "";
}

}  // namespace

// The tool adds .html and .css to what is a page or a style sheet whatever its address; else the
// address before its query tells.
const char* media_type(std::string_view name) {
  const std::string whole = ending_of(name);
  if (whole == "html" || whole == "css") return known(whole);
  return known(ending_of(name.substr(0, name.find('?'))));
}

const char* sniffed_type(const std::filesystem::path& file) {
  std::array<char, 8> first{};
  std::ifstream(file, std::ios::binary).read(first.data(), first.size());
  const std::string_view begin(first.data(), first.size());
  for (const Magic& one : kMagic) {
    if (begin.starts_with(one.bytes)) return one.type;
  }
  return kUnknownType;
}

bool is_program(std::string_view name) {
  const std::string ending = ending_of(name.substr(0, name.find('?')));
  if (ending_of(name) == "html" || ending_of(name) == "css") return false;
  for (const std::string_view one : kPrograms) {
    if (ending == one) return true;
  }
  return false;
}

bool is_text(std::string_view type) {
  return type.starts_with("text/") || type.starts_with("image/svg") ||
         type.starts_with("application/json") || type.ends_with("xml");
}

}  // namespace dienstbereit::fallback::site
