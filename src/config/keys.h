// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "config/reader.h"

// The table of keys. Each key stands once, with its meaning, its type and the member it fills;
// reading, checking, the reference and the JSON Schema all follow from it.
namespace dienstbereit::config {

// What may stand as one value. `schema` is JSON Schema text, `text` one line of the reference.
struct Type {
  const char* name;
  const char* text;
  const char* schema;
};

struct Shape;

// How often a key's value stands, and how.
enum class Form : std::uint8_t {
  One,
  OneOrList,  // a value, or a list of them
  List,       // a list of shapes
  ShortOrMap, // a value of `type`, or a map of `shape`
  Places,     // a list of ids, or a map from id to a value of `type` or a map of `shape`
  Values,     // a map from any text to values of `type`
};

struct Key {
  const char* name = "";
  const char* meaning = "";
  const Type* type = nullptr;
  const Shape& (*shape)() = nullptr;
  Form form = Form::One;
  bool required = false;
  // Reads a value that is not Null into the target, which is of the shape's C++ type.
  void (*read)(Reader&, const Node&, void* target) = nullptr;

  Key needed() const {
    Key key = *this;
    key.required = true;
    return key;
  }
};

struct Shape {
  const char* name;   // "service"; $defs name in the schema
  const char* title;  // heading and first line of the reference
  const char* intro;
  std::vector<Key> keys;
  const char* kind = nullptr;  // of a probe's shape: the value of its key `kind`
};

// True for names like "password" or "api_token".
bool looks_secret(std::string_view key);

// Reads every entry of `node` into `target`. False if it is no map at all.
bool read_shape(Reader& reader, const Node& node, const Shape& shape, void* target);

// False, and said, if `key` stood at `at` already; else it stands at `node` from now on.
bool first_time(Reader& reader, const Node& node, std::optional<Mark>& at, const char* key);

// The items of a list; reports anything else and gives none.
std::vector<const Node*> items_of(Reader& reader, const Node& node);
// The items of a list, or the value itself.
std::vector<const Node*> one_or_items(const Node& node);

// How a C++ type is written: type(), kForm, read(Reader&, const Node&, T&) (values.h).
template <class T>
struct Value;

// Keys of a shape whose C++ type is T: Keys<Site>::of<&Site::phone>("phone", "...").
template <class T>
struct Keys {
  // A member whose type has a Value.
  template <auto Member>
  static Key of(const char* name, const char* meaning) {
    using M = std::remove_reference_t<decltype(std::declval<T&>().*Member)>;
    Key key{name, meaning, &Value<M>::type(), nullptr, Value<M>::kForm, false, nullptr};
    key.read = [](Reader& reader, const Node& node, void* target) {
      Value<M>::read(reader, node, static_cast<T*>(target)->*Member);
    };
    return key;
  }

  // A member read by a function of its own: read(Reader&, const Node&, Member&).
  template <auto Member, auto Read>
  static Key as(const char* name, const Type& type, const char* meaning, Form form = Form::One) {
    Key key{name, meaning, &type, nullptr, form, false, nullptr};
    key.read = [](Reader& reader, const Node& node, void* target) {
      Read(reader, node, static_cast<T*>(target)->*Member);
    };
    return key;
  }

  // A member that is a map of its own shape.
  template <auto Member, const Shape& (*ShapeOf)()>
  static Key map(const char* name, const char* meaning) {
    Key key{name, meaning, nullptr, ShapeOf, Form::One, false, nullptr};
    key.read = [](Reader& reader, const Node& node, void* target) {
      read_shape(reader, node, ShapeOf(), &(static_cast<T*>(target)->*Member));
    };
    return key;
  }

  // A member that is a map of its own shape, once over all files; `At` keeps where.
  template <auto Member, auto At, const Shape& (*ShapeOf)()>
  static Key once(const char* name, const char* meaning) {
    Key key{name, meaning, nullptr, ShapeOf, Form::One, false, nullptr};
    key.read = [](Reader& reader, const Node& node, void* target) {
      T& all = *static_cast<T*>(target);
      if (!first_time(reader, node, all.*At, ShapeOf().name)) return;
      read_shape(reader, node, ShapeOf(), &(all.*Member));
    };
    return key;
  }

  // A member that is a vector of maps; entries are appended.
  template <auto Member, const Shape& (*ShapeOf)()>
  static Key list(const char* name, const char* meaning) {
    Key key{name, meaning, nullptr, ShapeOf, Form::List, false, nullptr};
    key.read = [](Reader& reader, const Node& node, void* target) {
      auto& all = static_cast<T*>(target)->*Member;
      for (const Node* item : items_of(reader, node)) {
        read_shape(reader, *item, ShapeOf(), &all.emplace_back());
      }
    };
    return key;
  }
};

// Keys whose member lies in one alternative P of a variant member of the shape's C++ type T.
template <class T, auto Variant, class P>
struct PartKeys {
  template <auto Member>
  static Key of(const char* name, const char* meaning) {
    using M = std::remove_reference_t<decltype(std::declval<P&>().*Member)>;
    Key key{name, meaning, &Value<M>::type(), nullptr, Value<M>::kForm, false, nullptr};
    key.read = [](Reader& reader, const Node& node, void* target) {
      Value<M>::read(reader, node, member<Member>(target));
    };
    return key;
  }

  template <auto Member, auto Read>
  static Key as(const char* name, const Type& type, const char* meaning, Form form = Form::One) {
    Key key{name, meaning, &type, nullptr, form, false, nullptr};
    key.read = [](Reader& reader, const Node& node, void* target) {
      Read(reader, node, member<Member>(target));
    };
    return key;
  }

  template <auto Member, const Shape& (*ShapeOf)()>
  static Key map(const char* name, const char* meaning) {
    Key key{name, meaning, nullptr, ShapeOf, Form::One, false, nullptr};
    key.read = [](Reader& reader, const Node& node, void* target) {
      read_shape(reader, node, ShapeOf(), &member<Member>(target));
    };
    return key;
  }

 private:
  template <auto Member>
  static auto& member(void* target) {
    return std::get<P>(static_cast<T*>(target)->*Variant).*Member;
  }
};

}  // namespace dienstbereit::config
