// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include "base/markup.h"
#include "handbook/document.h"
#include "words/words.h"

// Defined in embedded.S.
extern "C" {
extern const char dienstbereit_papers_style[];
extern const char dienstbereit_papers_style_end[];
}

namespace dienstbereit::handbook {
namespace {

class Writer {
 public:
  explicit Writer(const Document& document) : document_(document) {}

  std::string write() {
    out_ += fmt::format("<main>\n<h1 tabindex=\"-1\">{}</h1>\n<p class=\"stamp\">{}</p>\n",
                        escaped(document_.title), escaped(document_.stamp));
    write_contents();
    for (const Block& block : document_.blocks) {
      std::visit([this](const auto& one) { put(one); }, block);
    }
    out_ += "</main>\n";
    return std::move(out_);
  }

 private:
  // Text that is in another language than the document says so.
  std::string phrase(const Phrase& phrase) const {
    if (phrase.language == document_.language || phrase.empty()) return escaped(phrase.text);
    return fmt::format("<span lang=\"{}\">{}</span>", words::code_of(phrase.language),
                       escaped(phrase.text));
  }

  void write_contents() {
    std::string items;
    std::size_t number = 0;
    for (const Block& block : document_.blocks) {
      const auto* heading = std::get_if<Heading>(&block);
      if (heading == nullptr || heading->level != 2) continue;
      items +=
          fmt::format("<li><a href=\"#part-{}\">{}</a></li>\n", ++number, escaped(heading->text));
    }
    if (items.empty()) return;
    const std::string label = words::label(document_.language, "papers.contents");
    out_ += fmt::format("<nav aria-label=\"{}\">\n<ol>\n{}</ol>\n</nav>\n", escaped(label), items);
  }

  void put(const Heading& heading) {
    if (heading.level == 2) {
      out_ += fmt::format("<h2 id=\"part-{}\">{}</h2>\n", ++parts_, escaped(heading.text));
    } else {
      out_ += fmt::format("<h3>{}</h3>\n", escaped(heading.text));
    }
  }
  void put(const Paragraph& paragraph) {
    const char* pattern = paragraph.strong ? "<p><strong>{}</strong></p>\n" : "<p>{}</p>\n";
    out_ += fmt::format(fmt::runtime(pattern), phrase(paragraph.text));
  }
  void put(const List& list) {
    const char* tag = list.ordered ? "ol" : "ul";
    out_ += fmt::format("<{}>\n", tag);
    for (const Phrase& item : list.items) out_ += fmt::format("<li>{}</li>\n", phrase(item));
    out_ += fmt::format("</{}>\n", tag);
  }
  void put(const Table& table) {
    out_ += fmt::format("<table>\n<caption>{}</caption>\n<thead><tr>", escaped(table.caption));
    for (const std::string& head : table.head) {
      out_ += fmt::format("<th scope=\"col\">{}</th>", escaped(head));
    }
    out_ += "</tr></thead>\n<tbody>\n";
    for (const auto& row : table.rows) {
      out_ += "<tr>";
      for (std::size_t i = 0; i < row.size(); ++i) {
        out_ += i == 0 ? fmt::format("<th scope=\"row\">{}</th>", phrase(row[i]))
                       : fmt::format("<td>{}</td>", phrase(row[i]));
      }
      out_ += "</tr>\n";
    }
    out_ += "</tbody>\n</table>\n";
  }
  void put(const Form& form) {
    out_ += fmt::format("<section class=\"form\">\n<h3>{}</h3>\n", escaped(form.title));
    if (!form.number.empty()) {
      out_ += fmt::format("<p class=\"number\">{} <strong>{}</strong></p>\n",
                          escaped(words::label(document_.language, "papers.number")),
                          escaped(form.number));
    }
    if (!form.hint.empty()) out_ += fmt::format("<p>{}</p>\n", escaped(form.hint));
    for (const Blank& blank : form.blanks) {
      out_ += fmt::format("<p class=\"blank\">{}:</p>\n", escaped(blank.label));
      for (unsigned line = 0; line < blank.lines; ++line) out_ += "<div class=\"line\"></div>\n";
    }
    out_ += "</section>\n";
  }
  void put(const Sign& sign) {
    out_ += fmt::format("<section class=\"sign\">\n<h3>{}</h3>\n", escaped(sign.title));
    for (const Phrase& line : sign.lines) out_ += fmt::format("<p>{}</p>\n", phrase(line));
    out_ += "</section>\n";
  }

  const Document& document_;
  std::string out_;
  std::size_t parts_ = 0;
};

}  // namespace

std::string_view stylesheet() {
  return {dienstbereit_papers_style,
          static_cast<std::size_t>(dienstbereit_papers_style_end - dienstbereit_papers_style)};
}

std::string to_fragment(const Document& document) { return Writer(document).write(); }

std::string to_html(const Document& document) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; "
      "style-src {}; base-uri &#39;none&#39;; form-action &#39;none&#39;\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n{}</body>\n</html>\n",
      words::code_of(document.language), escaped(source_hash(stylesheet())),
      escaped(document.title), stylesheet(), to_fragment(document));
}

}  // namespace dienstbereit::handbook
