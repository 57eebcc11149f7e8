// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "base/file.h"
#include "base/text.h"
#include "config/init/csv.h"
#include "config/init/init_text.h"
#include "config/limits.h"

namespace dienstbereit::config {
namespace {

// A column, by its key in the district and the headers that mean it (docs/formats/csv.md).
struct Column {
  const char* key;
  std::vector<std::string> headers;
  bool required = false;
};

struct TableForm {
  const char* file;
  bool required;
  std::vector<Column> columns;
};

const std::vector<TableForm>& table_forms() {
  static const Column id{"id", {"id", "Kürzel", "Nr", "Nummer", "Kennung"}, true};
  static const Column name{"name", {"name", "Bezeichnung", "Titel"}, true};
  static const Column name_en{"name_en", {"name_en", "Name englisch", "english name"}};
  static const Column phone{"phone", {"phone", "Telefon", "Tel"}};
  static const std::vector<TableForm> forms{
      {"sites.csv",
       true,
       {id,
        name,
        name_en,
        {"ags", {"ags", "Gemeindeschlüssel"}},
        {"address", {"address", "Adresse", "Anschrift"}},
        phone}},
      {"offices.csv",
       true,
       {id,
        name,
        name_en,
        {"sites", {"sites", "site", "Standorte", "Standort"}, true},
        {"hours", {"hours", "Öffnungszeiten", "Öffnungszeit"}},
        phone,
        {"email", {"email", "E-Mail", "Mail"}}}},
      {"services.csv",
       false,
       {id,
        name,
        name_en,
        {"kind", {"kind", "Art"}},
        {"offered", {"offered", "offices", "office", "Ämter", "Amt"}, true},
        {"sites", {"sites", "site", "Standorte", "Standort"}},
        {"needs", {"needs", "braucht", "Systeme"}},
        {"rto", {"rto", "Wiederanlauf", "Wiederanlauf in h"}},
        {"mtpd", {"mtpd", "mta", "Ausfall höchstens", "Ausfall höchstens in h"}},
        {"offline", {"offline", "ohne IT", "Notbetrieb"}}}},
      {"hosts.csv",
       false,
       {id,
        name,
        name_en,
        {"kind", {"kind", "Art"}},
        {"site", {"site", "Standort"}},
        {"needs", {"needs", "braucht"}},
        {"probe", {"probe", "address", "Prüfung", "Adresse"}}}}};
  return forms;
}

// German words of the tables for the words of the district.
const std::map<std::string, std::string>& german_words() {
  static const std::map<std::string, std::string> words{{"schalter", "counter"},
                                                        {"sachbearbeitung", "desk"},
                                                        {"telefon", "phone"},
                                                        {"eingang", "inbound"},
                                                        {"termin", "appointment"},
                                                        {"außendienst", "outreach"},
                                                        {"kontrolle", "inspection"},
                                                        {"kanal", "channel"},
                                                        {"zahlung", "payment"},
                                                        {"gemeinsam", "shared"},
                                                        {"intern", "internal"},
                                                        {"gesetzlich", "statutory"},
                                                        {"keine", "none"},
                                                        {"nein", "none"},
                                                        {"voll", "full"},
                                                        {"annahme", "take_in"},
                                                        {"nach liste", "from_list"},
                                                        {"vormonat", "repeat_list"},
                                                        {"verweis", "refer"}};
  return words;
}

// ASCII letters and the umlauts of headers, in lower case.
std::string fold(std::string_view text) {
  std::string folded = to_lower_ascii(trim(text));
  for (const auto& [upper, lower] : {std::pair("Ä", "ä"), {"Ö", "ö"}, {"Ü", "ü"}}) {
    for (auto at = folded.find(upper); at != std::string::npos; at = folded.find(upper)) {
      folded.replace(at, 2, lower);
    }
  }
  return folded;
}

std::string to_english(const std::string& word) {
  const auto found = german_words().find(fold(word));
  return found == german_words().end() ? word : found->second;
}

const Column* find_column(const TableForm& form, const std::string& header) {
  for (const Column& column : form.columns) {
    for (const std::string& name : column.headers) {
      if (fold(name) == fold(header)) return &column;
    }
  }
  return nullptr;
}

using Row = std::map<std::string, CsvField>;  // by a column's key

// Which column each header means; "" for one that is unknown.
std::vector<std::string> keys_of(const TableForm& form, const CsvTable& table, Report& report) {
  std::vector<std::string> keys;
  std::vector<std::string> known;
  for (const Column& column : form.columns) {
    known.insert(known.end(), column.headers.begin(), column.headers.end());
  }
  for (const CsvField& header : table.headers) {
    const Column* column = find_column(form, header.text);
    const bool twice = column != nullptr && std::count(keys.begin(), keys.end(), column->key) > 0;
    keys.push_back(column != nullptr && !twice ? column->key : "");
    if (twice) {
      report.error(header.mark, fmt::format("'{}' is a second column of '{}'; remove one",
                                            header.text, column->key));
    } else if (column == nullptr) {
      const auto near = nearest(header.text, known);
      report.error(header.mark,
                   near ? fmt::format("unknown column '{}'; did you mean '{}'?", header.text, *near)
                        : fmt::format("unknown column '{}'; known here: {}", header.text,
                                      join(known, ", ")));
    }
  }
  for (const Column& column : form.columns) {
    if (!column.required || std::count(keys.begin(), keys.end(), column.key) > 0) continue;
    report.error(table.headers.front().mark,
                 fmt::format("the column '{}' is missing; add it", join(column.headers, "' or '")));
  }
  return keys;
}

std::vector<Row> rows_of(const TableForm& form, const CsvTable& table, Report& report) {
  if (table.headers.empty()) return {};
  const std::vector<std::string> keys = keys_of(form, table, report);
  std::vector<Row> rows;
  for (const auto& fields : table.rows) {
    Row& row = rows.emplace_back();
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (!keys[i].empty()) row[keys[i]] = fields[i];
    }
    for (const Column& column : form.columns) {
      const auto found = row.find(column.key);
      if (!column.required || found == row.end() || !found->second.text.empty()) continue;
      report.error(found->second.mark,
                   fmt::format("'{}' is empty in this row; fill it", column.headers.front()));
    }
  }
  return rows;
}

// "S1, S2" or "S1 S2" or "S1|S2".
std::vector<std::string> ids_of(std::string_view cell) {
  std::vector<std::string> ids;
  std::string id;
  for (char c : std::string(cell) + " ") {
    if (c != ' ' && c != ',' && c != '|') {
      id += c;
    } else if (!id.empty()) {
      ids.push_back(std::move(id));
      id.clear();
    }
  }
  return ids;
}

// A bare number of a time column means hours.
std::string with_unit(const std::string& time) {
  const bool digits = time.find_first_not_of("0123456789") == std::string::npos;
  return digits ? time + " h" : time;
}

// Writes the cells of one row as the keys of one entry.
class EntryWriter {
 public:
  EntryWriter(YamlWriter& out, const Row& row) : out_(out), row_(row) {
    const CsvField& id = row.at("id");
    out_.blank();
    out_.item(1, "id", id.text, id.mark);
    write_name(row.at("name"), cell("name_en"));
  }

  // nullptr for an empty cell or a column that is not there.
  const CsvField* cell(const char* key) const {
    const auto found = row_.find(key);
    return found == row_.end() || found->second.text.empty() ? nullptr : &found->second;
  }
  void text(const char* key, const char* otherwise = "") {
    const CsvField* field = cell(key);
    if (field != nullptr) return out_.pair(2, key, field->text, field->mark);
    if (*otherwise != '\0') out_.pair(2, key, otherwise, row_.at("id").mark);
  }
  void word(const char* key, const char* otherwise) {
    const CsvField* field = cell(key);
    if (field != nullptr) return out_.pair(2, key, to_english(field->text), field->mark);
    if (*otherwise != '\0') out_.pair(2, key, otherwise);
  }
  void ids(const char* key) {
    if (const CsvField* field = cell(key)) out_.list(2, key, ids_of(field->text), field->mark);
  }
  void time(const char* key) {
    if (const CsvField* field = cell(key)) out_.pair(2, key, with_unit(field->text), field->mark);
  }
  void probe() {
    if (const CsvField* field = cell("probe")) write_probe(out_, field->text, field->mark);
  }

 private:
  void write_name(const CsvField& german, const CsvField* english) {
    if (english == nullptr) return out_.pair(2, "name", german.text, german.mark);
    out_.open(2, "name");
    out_.pair(3, "de", german.text, german.mark);
    out_.pair(3, "en", english->text, english->mark);
  }

  YamlWriter& out_;
  const Row& row_;
};

void write_sites(YamlWriter& out, const std::vector<Row>& rows) {
  out.blank();
  out.open(0, "sites");
  for (const Row& row : rows) {
    EntryWriter entry(out, row);
    entry.text("ags");
    entry.text("address");
    entry.text("phone");
  }
}

void write_offices(YamlWriter& out, const std::vector<Row>& rows, const std::string& hours) {
  out.blank();
  out.open(0, "offices");
  for (const Row& row : rows) {
    EntryWriter entry(out, row);
    entry.ids("sites");
    entry.text("hours", hours.c_str());
    entry.text("phone");
    entry.text("email");
  }
}

void write_services(YamlWriter& out, const std::vector<Row>& rows) {
  out.blank();
  out.open(0, "services");
  for (const Row& row : rows) {
    EntryWriter entry(out, row);
    entry.word("kind", "counter");
    entry.ids("offered");
    entry.ids("sites");
    entry.ids("needs");
    entry.time("rto");
    entry.time("mtpd");
    entry.word("offline", "");
  }
}

void write_hosts(YamlWriter& out, const std::vector<Row>& rows) {
  out.blank();
  out.open(0, "components");
  for (const Row& row : rows) {
    EntryWriter entry(out, row);
    entry.text("kind", "server");
    entry.text("site");
    entry.ids("needs");
    entry.probe();
  }
}

// The tables of the folder, decoded, in the order of table_forms(); absent optional ones are empty.
std::vector<SourceFile> read_tables(const std::filesystem::path& folder,
                                    std::vector<Diagnostic>& problems) {
  std::vector<SourceFile> files;
  for (const TableForm& form : table_forms()) {
    std::error_code error;
    SourceFile& file = files.emplace_back(SourceFile{form.file, ""});
    if (!form.required && !std::filesystem::exists(folder / form.file, error)) continue;
    auto text = read_file(folder / form.file, kLargestFile);
    if (text) {
      file.text = decode_csv(*text);
    } else {
      problems.push_back(Diagnostic{form.file, 0, 0, Severity::Error, text.error().message});
    }
  }
  return files;
}

}  // namespace

InitOutcome init_from_tables(const std::vector<SourceFile>& tables,
                             const InitAnswers& administration) {
  Report report(tables);
  std::vector<std::vector<Row>> rows;
  for (std::size_t i = 0; i < table_forms().size(); ++i) {
    const TableForm& form = table_forms()[i];
    const bool absent = !form.required && tables[i].text.empty();
    const auto file = static_cast<std::uint16_t>(i);
    const CsvTable table = absent ? CsvTable() : parse_csv(tables[i], file, report);
    rows.push_back(rows_of(form, table, report));
  }
  if (report.errors() > 0) return InitOutcome{"", report.take()};
  YamlWriter out;
  write_administration(out, administration);
  write_sites(out, rows[0]);
  write_offices(out, rows[1], administration.hours.empty() ? kDefaultHours : administration.hours);
  if (!rows[2].empty()) write_services(out, rows[2]);
  if (!rows[3].empty()) write_hosts(out, rows[3]);
  return finish(out, report);
}

InitOutcome init_from_csv(const std::filesystem::path& folder, const InitAnswers& administration) {
  std::vector<Diagnostic> problems = check_answers(administration);
  const std::vector<SourceFile> tables = read_tables(folder, problems);
  if (!problems.empty()) return InitOutcome{"", std::move(problems)};
  return init_from_tables(tables, administration);
}

}  // namespace dienstbereit::config
