// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "config/init/csv.h"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "base/text.h"
#include "config/limits.h"

namespace dienstbereit::config {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr char kSeparator = ';';

// Windows-1252, 0x80 to 0x9F, as Unicode; 0 where it defines nothing. The rest is Latin-1.
constexpr std::array<char16_t, 32> kWindows1252{
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
constexpr char16_t kReplacement = 0xFFFD;

void append_utf8(std::string& out, char16_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

std::string from_windows_1252(std::string_view bytes) {
  std::string out;
  for (char raw : bytes) {
    const auto byte = static_cast<unsigned char>(raw);
    char16_t c = byte;
    if (byte >= 0x80 && byte < 0xA0) c = kWindows1252[byte - 0x80];
    append_utf8(out, c == 0 && byte != 0 ? kReplacement : c);
  }
  return out;
}

// Walks over the text once; line and byte count from 1.
class CsvReader {
 public:
  CsvReader(std::string_view text, std::uint16_t file, Report& report)
      : text_(text), file_(file), report_(report) {}

  bool at_end() const { return at_ >= text_.size(); }
  Mark mark() const { return {file_, line_, static_cast<int>(at_ - line_begin_) + 1}; }

  void skip_line() {
    while (!at_end() && text_[at_] != '\n') ++at_;
    end_line();
  }

  // The fields up to the end of the line.
  std::vector<CsvField> row() {
    std::vector<CsvField> fields;
    while (true) {
      CsvField field = next_field();
      if (fields.size() < kMostCsvColumns) fields.push_back(std::move(field));
      if (at_end() || text_[at_] != kSeparator) break;
      ++at_;
    }
    end_line();
    return fields;
  }

 private:
  CsvField next_field() {
    CsvField field{"", mark()};
    if (!at_end() && text_[at_] == '"') {
      field.text = quoted();
      reject_tail();
    } else {
      const auto begin = at_;
      while (!at_field_end()) ++at_;
      field.text = std::string(trim(text_.substr(begin, at_ - begin)));
    }
    if (field.text.size() > kLongestText) {
      report_.error(field.mark, fmt::format("longer than {} bytes; shorten it", kLongestText));
      field.text.clear();
    }
    return field;
  }

  std::string quoted() {
    const Mark begin = mark();
    std::string value;
    for (++at_; !at_end(); ++at_) {
      if (text_[at_] == '"') {
        if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') {
          ++at_;
          return std::string(trim(value));
        }
        ++at_;
      } else if (text_[at_] == '\n') {
        ++line_;
        line_begin_ = at_ + 1;
      }
      value += text_[at_] == '\n' || text_[at_] == '\r' ? ' ' : text_[at_];
    }
    report_.error(begin, "this quote is never closed; add '\"', or double a quote that is meant");
    return {};
  }

  void reject_tail() {
    const Mark begin = mark();
    const auto first = at_;
    while (!at_field_end()) ++at_;
    if (trim(text_.substr(first, at_ - first)).empty()) return;
    report_.error(begin, "text stands after the closing quote; double a quote that is meant");
  }

  bool at_field_end() const { return at_end() || text_[at_] == kSeparator || text_[at_] == '\n'; }

  void end_line() {
    if (at_end()) return;
    ++at_;
    ++line_;
    line_begin_ = at_;
  }

  std::string_view text_;
  std::uint16_t file_;
  Report& report_;
  std::size_t at_ = 0;
  std::size_t line_begin_ = 0;
  int line_ = 1;
};

bool is_blank(const std::vector<CsvField>& row) {
  return std::all_of(row.begin(), row.end(), [](const CsvField& f) { return f.text.empty(); });
}

// As wide as the headers; more is an error unless it is empty.
void fit(std::vector<CsvField>& row, std::size_t width, Report& report) {
  for (std::size_t i = width; i < row.size(); ++i) {
    if (row[i].text.empty()) continue;
    report.error(row[i].mark, fmt::format("this row has more fields than the {} headers; put "
                                          "quotes around a text that holds ';'",
                                          width));
    break;
  }
  const Mark last = row.back().mark;
  row.resize(width, CsvField{"", last});
}

bool check_headers(const CsvTable& table, const SourceFile& source, std::uint16_t file,
                   Report& report) {
  if (table.headers.empty() || is_blank(table.headers)) {
    report.error({file, 1, 1}, "the file is empty; its first line must name the columns");
    return false;
  }
  const bool other = source.text.find_first_of(",\t") != std::string::npos;
  if (table.headers.size() == 1 && other) {
    report.error(table.headers[0].mark, "only one column; fields are kept apart by ';', not by "
                                        "',' or tabs");
    return false;
  }
  return true;
}

}  // namespace

std::string decode_csv(std::string_view bytes) {
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  return is_utf8(bytes) ? std::string(bytes) : from_windows_1252(bytes);
}

CsvTable parse_csv(const SourceFile& source, std::uint16_t file, Report& report) {
  CsvTable table;
  if (source.text.find('\0') != std::string::npos) {
    report.error({file, 1, 1}, "this is no CSV text (it holds zero bytes); in Excel save as 'CSV "
                               "UTF-8' or 'CSV (Trennzeichen-getrennt)'");
    return table;
  }
  CsvReader reader(source.text, file, report);
  if (source.text.starts_with("sep=")) reader.skip_line();
  if (!reader.at_end()) table.headers = reader.row();
  while (!table.headers.empty() && table.headers.back().text.empty()) table.headers.pop_back();
  if (!check_headers(table, source, file, report)) return table;
  while (!reader.at_end()) {
    std::vector<CsvField> row = reader.row();
    if (is_blank(row)) continue;
    if (table.rows.size() >= kMostCsvRows) {
      report.error(row[0].mark, fmt::format("more than {} rows; split the table", kMostCsvRows));
      break;
    }
    fit(row, table.headers.size(), report);
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace dienstbereit::config
