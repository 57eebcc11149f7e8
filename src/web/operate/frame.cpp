// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/operate/frame.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/hash.h"
#include "web/pages/style.h"
#include "words/catalogue.h"

namespace dienstbereit::web::operate {
namespace {

using words::Language;

Language other(Language language) { return language == Language::De ? Language::En : Language::De; }

void write_head(Html& html, const std::string& title) {
  const auto head = html.open("head");
  html.empty("meta", {{"charset", "utf-8"}});
  html.empty("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  html.empty("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
  html.empty("meta", {{"name", "robots"}, {"content", "noindex"}});
  html.leaf("title", title);
  html.empty("link", {{"rel", "icon"}, {"href", "/favicon.svg"}, {"type", "image/svg+xml"}});
  html.style(operate_style_sheet());
}

// Accounts remember their language; others choose it by address.
void write_language(const Pen& pen, const Visit& visit) {
  const char* code = words::code_of(other(visit.language));
  if (visit.is_in() && !visit.by().account.empty()) {
    FormWriter form(pen, visit, "language", "/operate/language", pen.label("page.other_language"),
                    FormKind::Inline);
    form.hidden("language", code);
    form.hidden("back", visit.path);
    return;
  }
  const std::string address = fmt::format("?lang={}", code);
  pen.html.leaf("a", pen.label("page.other_language"),
                {{"href", address}, {"lang", code}, {"hreflang", code}});
}

void write_banner(const Pen& pen, const Visit& visit) {
  const auto header = pen.html.open("header");
  if (visit.situation->exercise) {
    pen.html.leaf("p", pen.label("page.exercise"), {{"class", "exercise"}});
  }
  {
    const auto brand = pen.html.open("p", {{"class", "brand"}});
    const auto link = pen.html.open("a", {{"href", "/operate/"}});
    write(pen, visit.situation->district->administration.name);
  }
  const auto who = pen.html.open("div", {{"class", "who"}});
  if (visit.is_in()) {
    const bool emergency = visit.by().account.empty();
    pen.html.leaf("span", emergency ? pen.label("operate.emergency.name") : visit.visitor.name);
  }
  write_language(pen, visit);
  if (visit.has_session()) {
    const FormWriter form(pen, visit, "logout", "/operate/logout", pen.label("operate.logout"),
                          FormKind::Inline);
  }
}

void write_menu(const Pen& pen, const Visit& visit, const std::vector<MenuEntry>& menu) {
  if (menu.empty()) return;
  const std::string label = pen.label("operate.menu");
  const auto nav = pen.html.open("nav", {{"class", "menu"}, {"aria-label", label}});
  const auto list = pen.html.open("ul");
  for (const MenuEntry& entry : menu) {
    const auto item = pen.html.open("li");
    if (entry.path == visit.path) {
      pen.html.leaf("a", entry.label, {{"href", entry.path}, {"aria-current", "page"}});
    } else {
      pen.html.leaf("a", entry.label, {{"href", entry.path}});
    }
  }
}

void write_notice(const Pen& pen, const Notice& notice) {
  const auto box = pen.html.open("div", {{"class", notice.good ? "done" : "wrong"},
                                         {"role", notice.good ? "status" : "alert"}});
  pen.html.leaf("p", notice.text);
  if (!notice.detail.empty()) pen.html.leaf("p", notice.detail, {{"lang", "en"}});
}

}  // namespace

std::string csrf_of(const std::string& token) {
  return to_hex(sha256("dienstbereit form " + token));
}

std::string framed(const Visit& visit, const Sheet& sheet, const Surroundings& around) {
  Html html;
  const words::Voice voice(visit.language, *visit.situation->district, visit.now);
  const Pen pen{html, voice};
  html.raw("<!doctype html>");
  const auto root = html.open("html", {{"lang", words::code_of(visit.language)}});
  write_head(html, words::marked(visit.language, visit.situation->exercise,
                                 fmt::format("{} – {}", sheet.title, pen.label("operate.title"))));
  const auto body = html.open("body");
  write_shapes(html);
  html.leaf("a", pen.label("page.skip"), {{"class", "skip"}, {"href", "#inhalt"}});
  write_banner(pen, visit);
  write_menu(pen, visit, around.menu);
  const auto main = html.open("main", {{"id", "inhalt"}, {"tabindex", "-1"}});
  {
    const auto hero = html.open("div", {{"class", "hero"}});
    html.leaf("h1", sheet.title);
  }
  write_notices(pen, around.alarms);
  if (sheet.notice) write_notice(pen, *sheet.notice);
  sheet.content(pen);
  return html.take();
}

FormWriter::FormWriter(const Pen& pen, const Visit& visit, std::string id, std::string_view action,
                       std::string button, FormKind kind)
    : pen_(pen),
      id_(std::move(id)),
      button_(std::move(button)),
      kind_(kind),
      form_(pen.html.open(
          "form", {{"id", id_},
                   {"method", "post"},
                   {"action", action},
                   {"enctype", kind == FormKind::Upload ? "multipart/form-data"
                                                        : "application/x-www-form-urlencoded"},
                   {"class", kind == FormKind::Inline ? "inline" : "block"}})) {
  hidden("csrf", csrf_of(visit.token));
}

FormWriter::~FormWriter() {
  pen_.html.leaf("button", button_,
                 {{"class", kind_ == FormKind::Inline ? "plain-button" : "main-button"}});
  if (!second_.value.empty()) button(second_.value, "1", second_.label);
}

void FormWriter::hidden(std::string_view name, std::string_view value) {
  pen_.html.empty("input", {{"type", "hidden"}, {"name", name}, {"value", value}});
}

// The label, what `control` writes with the attributes that all have, and the hint.
void FormWriter::labelled(const Field& field,
                          const std::function<void(std::vector<Attribute>)>& control) {
  const std::string id = fmt::format("{}-{}", id_, field.name);
  const std::string hint_id = id + "-hint";
  const auto box = pen_.html.open("div", {{"class", "field"}});
  pen_.html.leaf("label", field.label, {{"for", id}});
  std::vector<Attribute> attributes{{"id", id}, {"name", field.name}};
  if (field.required) attributes.push_back({"required", ""});
  if (!field.hint.empty()) attributes.push_back({"aria-describedby", hint_id});
  control(attributes);
  if (!field.hint.empty()) pen_.html.leaf("small", field.hint, {{"id", hint_id}});
}

void FormWriter::field(const Field& field) {
  labelled(field, [&](std::vector<Attribute> attributes) {
    attributes.push_back({"type", field.type});
    attributes.push_back({"value", field.value});
    attributes.push_back({"autocomplete", field.autocomplete});
    attributes.push_back({"spellcheck", "false"});
    pen_.html.empty_with("input", attributes);
  });
}

void FormWriter::photo(const std::string& label, const std::string& hint) {
  labelled({kUploadField, label, "", hint}, [&](std::vector<Attribute> attributes) {
    attributes.push_back({"type", "file"});
    attributes.push_back({"accept", "image/jpeg,image/png"});
    pen_.html.empty_with("input", attributes);
  });
}

void FormWriter::area(const Field& field, unsigned rows) {
  const std::string height = std::to_string(rows);
  labelled(field, [&](std::vector<Attribute> attributes) {
    attributes.push_back({"rows", height});
    const auto area = pen_.html.open_with("textarea", attributes);
    // A line end right after the tag is not part of the text.
    pen_.html.text("\n").text(field.value);
  });
}

void FormWriter::write_options(const std::vector<Attribute>& attributes,
                               const std::vector<Option>& options,
                               const std::vector<std::string>& chosen) {
  const auto select = pen_.html.open_with("select", attributes);
  for (const Option& option : options) {
    std::vector<Attribute> own{{"value", option.value}};
    if (std::find(chosen.begin(), chosen.end(), option.value) != chosen.end()) {
      own.push_back({"selected", ""});
    }
    const auto entry = pen_.html.open_with("option", own);
    pen_.html.text(option.label);
  }
}

void FormWriter::select(const Field& field, const std::vector<Option>& options) {
  labelled(field, [&](const std::vector<Attribute>& attributes) {
    write_options(attributes, options, {field.value});
  });
}

void FormWriter::selects(const Field& field, const std::vector<Option>& options,
                         const std::vector<std::string>& chosen) {
  labelled(field, [&](std::vector<Attribute> attributes) {
    attributes.push_back({"multiple", ""});
    attributes.push_back({"size", "8"});
    write_options(attributes, options, chosen);
  });
}

void FormWriter::radios(std::string_view name, const std::string& legend,
                        const std::vector<Option>& options, std::string_view chosen) {
  const auto group = pen_.html.open("fieldset");
  pen_.html.leaf("legend", legend);
  for (const Option& option : options) {
    const std::string id = fmt::format("{}-{}-{}", id_, name, option.value);
    const auto box = pen_.html.open("div", {{"class", "check"}});
    std::vector<Attribute> attributes{
        {"id", id}, {"type", "radio"}, {"name", name}, {"value", option.value}, {"required", ""}};
    if (option.value == chosen) attributes.push_back({"checked", ""});
    pen_.html.empty_with("input", attributes);
    pen_.html.leaf("label", option.label, {{"for", id}});
  }
}

void FormWriter::button(std::string_view name, std::string_view value, const std::string& label) {
  pen_.html.leaf("button", label, {{"class", "plain-button"}, {"name", name}, {"value", value}});
}

void FormWriter::check(std::string_view name, std::string_view value, const std::string& label,
                       bool checked) {
  const std::string id = fmt::format("{}-{}-{}", id_, name, value);
  const auto box = pen_.html.open("div", {{"class", "check"}});
  std::vector<Attribute> attributes{
      {"id", id}, {"type", "checkbox"}, {"name", name}, {"value", value}};
  if (checked) attributes.push_back({"checked", ""});
  pen_.html.empty_with("input", attributes);
  pen_.html.leaf("label", label, {{"for", id}});
}

void FormWriter::roles(const std::string& legend, RoleSet offered, RoleSet checked) {
  const auto group = pen_.html.open("fieldset");
  pen_.html.leaf("legend", legend);
  for (const Role role : kRoles) {
    if (!offered.has(role)) continue;
    check("role", name_of(role), pen_.label(fmt::format("operate.role.{}", name_of(role))),
          checked.has(role));
  }
}

void FormWriter::language(const std::string& chosen) {
  const std::string id = id_ + "-language";
  const auto box = pen_.html.open("div", {{"class", "field"}});
  pen_.html.leaf("label", pen_.label("page.language"), {{"for", id}});
  const auto select = pen_.html.open("select", {{"id", id}, {"name", "language"}});
  for (const auto& [code, name] : {std::pair("de", "Deutsch"), std::pair("en", "English")}) {
    if (chosen == code) {
      pen_.html.leaf("option", name, {{"value", code}, {"lang", code}, {"selected", ""}});
    } else {
      pen_.html.leaf("option", name, {{"value", code}, {"lang", code}});
    }
  }
}

Field current_password(const Pen& pen) {
  return {"current",  pen.label("operate.field.current"),
          "",         pen.label("operate.field.current_hint"),
          "password", "current-password"};
}

RoleSet roles_of(const Form& form) {
  RoleSet roles;
  for (const std::string& name : form.values("role")) {
    if (const auto role = role_of(name)) roles.add(*role);
  }
  return roles;
}

std::string role_names(const Pen& pen, RoleSet roles) {
  std::vector<std::string> names;
  for (const Role role : kRoles) {
    if (roles.has(role)) {
      names.push_back(pen.label(fmt::format("operate.role_name.{}", name_of(role))));
    }
  }
  return words::list(pen.language(), names);
}

}  // namespace dienstbereit::web::operate
