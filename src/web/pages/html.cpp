// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/pages/html.h"

#include "base/markup.h"

namespace dienstbereit::web {

Html::Element Html::open(Literal tag, std::initializer_list<Attribute> attributes) {
  start(tag, {attributes.begin(), attributes.size()});
  return Element(*this, tag);
}

Html::Element Html::open_with(Literal tag, const std::vector<Attribute>& attributes) {
  start(tag, attributes);
  return Element(*this, tag);
}

Html& Html::leaf(Literal tag, std::string_view content,
                 std::initializer_list<Attribute> attributes) {
  start(tag, {attributes.begin(), attributes.size()});
  append_escaped(out_, content);
  close(tag);
  return *this;
}

Html& Html::empty(Literal tag, std::initializer_list<Attribute> attributes) {
  start(tag, {attributes.begin(), attributes.size()});
  return *this;
}

Html& Html::empty_with(Literal tag, const std::vector<Attribute>& attributes) {
  start(tag, attributes);
  return *this;
}

Html& Html::text(std::string_view content) {
  append_escaped(out_, content);
  return *this;
}

Html& Html::raw(Literal markup) {
  out_ += markup.view();
  return *this;
}

Html& Html::data_block(std::string_view json) {
  out_ += "<script type=\"application/ld+json\">";
  for (const char c : json) {
    if (c == '<') {
      out_ += "\\u003c";
    } else {
      out_ += c;
    }
  }
  out_ += "</script>";
  return *this;
}

Html& Html::style(std::string_view css) {
  out_ += "<style>";
  out_ += css;
  out_ += "</style>";
  return *this;
}

void Html::start(Literal tag, std::span<const Attribute> attributes) {
  out_ += '<';
  out_ += tag.view();
  for (const Attribute& attribute : attributes) {
    out_ += ' ';
    out_ += attribute.name.view();
    out_ += "=\"";
    append_escaped(out_, attribute.value);
    out_ += '"';
  }
  out_ += '>';
}

void Html::close(Literal tag) {
  out_ += "</";
  out_ += tag.view();
  out_ += '>';
}

}  // namespace dienstbereit::web
