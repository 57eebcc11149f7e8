// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/result.h"

// A strict reader of calculation files (docs/formats/calc.md). All of a file is hostile: bytes,
// depth and count are bounded, a key may stand once, and a message names the place.
//
//   auto input = Input::parse(text);
//   if (!input) return tl::unexpected(input.error());
//   const Item root = input->root();
//   root.only({"tasks"}, {"crews"});                     // required, allowed besides
//   for (const Item& task : root["tasks"].list(1'000)) {
//     task.only({"id", "minutes"});
//     use(task["id"].id(), task["minutes"].number(0, 1e6));
//   }
//   if (const auto& problem = input->problem()) return tl::unexpected(*problem);
//
// The first problem is kept; from then on every list is empty and every value harmless (the least
// that was allowed, or nothing), so that a reader needs to look only once, before it calculates.
namespace dienstbereit::calc {

inline constexpr std::size_t kMostBytes = 64U << 20U;
inline constexpr std::size_t kMostDepth = 16;            // lists and objects within each other
inline constexpr std::size_t kMostValues = 8'000'000;    // of any kind, in a whole file
inline constexpr std::size_t kLongestName = 200;         // bytes of a key or a text
inline constexpr std::int64_t kLargestId = (std::int64_t{1} << 53) - 1;  // JSON's safe ones

class Input;

// One value of the file, or nothing where there is none. Small; valid as long as its Input, which
// must not be moved meanwhile.
class Item {
 public:
  Item() = default;

  // An object with all of `required`, and nothing but these and `allowed`.
  void only(std::initializer_list<const char*> required,
            std::initializer_list<const char*> allowed = {}) const;
  bool has(const char* key) const;
  // The value of a key, or nothing.
  Item operator[](const char* key) const;
  // The members of an object, in the order of their keys' bytes.
  std::vector<std::pair<std::string, Item>> members(std::size_t most) const;
  std::vector<Item> list(std::size_t most, std::size_t least = 0) const;
  double number(double least, double most) const;
  std::int64_t whole(std::int64_t least, std::int64_t most) const;
  std::int64_t id() const { return whole(0, kLargestId); }
  std::vector<std::int64_t> ids(std::size_t most, std::size_t least = 0) const;
  bool yes() const;  // true or false
  std::string text() const;
  std::string place() const;  // "tasks[3].minutes"; "the file" for the whole

  // Keeps "PLACE: WHAT" as the problem, unless there is one already.
  void wrong(std::string_view what) const;

 private:
  friend class Input;
  using Json = nlohmann::json;
  Item(const Input* input, const Json* value) : input_(input), value_(value) {}
  bool sound() const;
  bool lasts(std::size_t count, std::size_t least, std::size_t most, const char* what) const;

  const Input* input_ = nullptr;
  const Json* value_ = nullptr;
};

class Input {
 public:
  // InvalidInput: no JSON (with line and column), a key that stands twice, a number beyond all
  // bounds. LimitExceeded: a bound above.
  static Result<Input> parse(std::string_view text);

  Item root() const { return {this, root_.get()}; }
  const std::optional<Error>& problem() const { return problem_; }

 private:
  friend class Item;
  std::unique_ptr<const nlohmann::json> root_;
  mutable std::optional<Error> problem_;
};

// "PLACE: WHAT" of a value that was read before; for what only the whole file can show.
inline Error wrong_at(std::string_view place, std::string_view what) {
  return Error(Errc::InvalidInput, std::string(place) + ": " + std::string(what));
}

}  // namespace dienstbereit::calc
