// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/operate/visit.h"
#include "web/pages/parts.h"

namespace dienstbereit::web::operate {

// What became of the last thing a visitor did; stands at the top of the page.
struct Notice {
  std::string text;
  bool good = true;
  std::string detail = {};  // English, for who can use it
};

// One page: its title and what stands under it.
struct Sheet {
  std::string title;
  std::optional<Notice> notice;
  std::function<void(const Pen&)> content;
};

// An entry of the menu that this visitor may use.
struct MenuEntry {
  std::string path;
  std::string label;
};

// What the frame shows besides the sheet.
struct Surroundings {
  std::vector<MenuEntry> menu;
  std::vector<std::string> alarms;  // such as an emergency code in use
};

// The whole page.
std::string framed(const Visit& visit, const Sheet& sheet, const Surroundings& around);

// ---- forms -------------------------------------------------------------------------------------

struct Field {
  std::string_view name;
  std::string label;
  std::string value = {};
  std::string hint = {};
  std::string_view type = "text";
  std::string_view autocomplete = "off";
  bool required = true;
};

struct Option {
  std::string value;
  std::string label;
};

// Inline: a single button in a line. Upload: with a file, sent in parts.
enum class FormKind : std::uint8_t { Block, Inline, Upload };

// A form with the visitor's token in it; its button and end are written when it goes.
class FormWriter {
 public:
  // `id` is unique on the page. `action` is a path of the desk.
  FormWriter(const Pen& pen, const Visit& visit, std::string id, std::string_view action,
             std::string button, FormKind kind = FormKind::Block);
  ~FormWriter();
  FormWriter(const FormWriter&) = delete;
  FormWriter& operator=(const FormWriter&) = delete;

  void field(const Field& field);
  void area(const Field& field, unsigned rows);
  void select(const Field& field, const std::vector<Option>& options);
  // Any number of them.
  void selects(const Field& field, const std::vector<Option>& options,
               const std::vector<std::string>& chosen);
  // One of a few, all in sight, under a heading.
  void radios(std::string_view name, const std::string& legend, const std::vector<Option>& options,
              std::string_view chosen);
  // Another button beside the form's own, which sends `name` with it.
  void button(std::string_view name, std::string_view value, const std::string& label);
  // One behind the form's own, which the Enter key then means; it sends `name`.
  void second_button(std::string name, std::string label) {
    second_ = {std::move(name), std::move(label)};
  }
  // A JPEG or PNG, of an Upload.
  void photo(const std::string& label, const std::string& hint);
  void hidden(std::string_view name, std::string_view value);
  void check(std::string_view name, std::string_view value, const std::string& label, bool checked);
  // One checkbox a role, under a heading; of `offered`.
  void roles(const std::string& legend, RoleSet offered, RoleSet checked);
  void language(const std::string& chosen);

 private:
  void labelled(const Field& field, const std::function<void(std::vector<Attribute>)>& control);
  void write_options(const std::vector<Attribute>& attributes, const std::vector<Option>& options,
                     const std::vector<std::string>& chosen);

  const Pen& pen_;
  std::string id_;
  std::string button_;
  Option second_;  // its name, and its label
  FormKind kind_;
  Html::Element form_;
};

// The password asked again before something important.
Field current_password(const Pen& pen);
// The roles ticked in a form.
RoleSet roles_of(const Form& form);
std::string role_names(const Pen& pen, RoleSet roles);

}  // namespace dienstbereit::web::operate
