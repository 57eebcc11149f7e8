// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "calc/input.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/text.h"

namespace dienstbereit::calc {
namespace {

using Json = nlohmann::json;

// "line 3, column 7" of a byte.
std::string spot(std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, std::min(byte, text.size()));
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const auto last = before.rfind('\n');
  const std::size_t column =
      last == std::string_view::npos ? before.size() : before.size() - last - 1;
  return fmt::format("line {}, column {}", line, std::max<std::size_t>(column, 1));
}

std::string step(const std::string& parent, const std::string& key) {
  const std::string name = clean(key, kLongestName);
  return parent.empty() ? name : parent + "." + name;
}

// Looks at a whole file before anything is built of it: bounds, and keys that stand twice.
class Inspection final : public nlohmann::json_sax<Json> {
 public:
  explicit Inspection(std::string_view text) : text_(text) {}

  const std::optional<Error>& problem() const { return problem_; }

  bool null() override { return value(); }
  bool boolean(bool) override { return value(); }
  bool number_integer(number_integer_t) override { return value(); }
  bool number_unsigned(number_unsigned_t) override { return value(); }
  bool number_float(number_float_t, const string_t&) override { return value(); }
  bool binary(binary_t&) override { return value(); }
  bool string(string_t& text) override { return not_too_long(text) && value(); }
  bool start_object(std::size_t) override { return value() && enter(true); }
  bool start_array(std::size_t) override { return value() && enter(false); }
  bool end_object() override { return leave(); }
  bool end_array() override { return leave(); }

  bool key(string_t& key) override {
    if (!not_too_long(key)) return false;
    Level& level = levels_.back();
    level.key = key;
    if (level.keys.insert(key).second) return true;
    return refuse(Errc::InvalidInput, "stands twice; keep one");
  }

  bool parse_error(std::size_t byte, const std::string&,
                   const nlohmann::detail::exception& error) override {
    constexpr int kNumberOutOfRange = 406;
    problem_.emplace(Errc::InvalidInput,
                     error.id == kNumberOutOfRange
                         ? fmt::format("near {} ({}): a number too large to calculate with",
                                       place(), spot(text_, byte))
                         : fmt::format("no JSON at {}, near {}; correct what stands there",
                                       spot(text_, byte), place()));
    return false;
  }

 private:
  struct Level {
    bool object = false;
    std::string key;
    std::size_t index = 0;
    std::set<std::string> keys;
  };

  bool value() {
    if (++values_ > kMostValues) {
      return refuse(Errc::LimitExceeded,
                    fmt::format("more than {} values in the file", kMostValues));
    }
    if (!levels_.empty() && !levels_.back().object) ++levels_.back().index;
    return true;
  }

  bool enter(bool object) {
    if (levels_.size() == kMostDepth) {
      return refuse(Errc::LimitExceeded,
                    fmt::format("more than {} lists and objects within each other", kMostDepth));
    }
    levels_.push_back({object, {}, 0, {}});
    return true;
  }

  bool leave() {
    levels_.pop_back();
    return true;
  }

  bool not_too_long(const std::string& text) {
    if (text.size() <= kLongestName) return true;
    return refuse(Errc::LimitExceeded,
                  fmt::format("a key or text of {} bytes; at most {}", text.size(), kLongestName));
  }

  bool refuse(Errc code, std::string_view what) {
    problem_.emplace(code, fmt::format("{}: {}", place(), what));
    return false;
  }

  std::string place() const {
    std::string place;
    for (const Level& level : levels_) {
      if (level.object) {
        if (!level.key.empty()) place = step(place, level.key);
      } else if (level.index > 0) {
        place += fmt::format("[{}]", level.index - 1);
      }
    }
    return place.empty() ? "the file" : place;
  }

  std::string_view text_;
  std::vector<Level> levels_;
  std::size_t values_ = 0;
  std::optional<Error> problem_;
};

// Where `wanted` is within `value`, whose place is `place`.
std::optional<std::string> find(const Json& value, const Json* wanted, const std::string& place) {
  if (&value == wanted) return place;
  if (value.is_object()) {
    for (const auto& [key, member] : value.items()) {
      if (auto found = find(member, wanted, step(place, key))) return found;
    }
  }
  if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      // Only where it can be: numbers are not asked for their place.
      const bool worth = &value[i] == wanted || value[i].is_structured();
      if (!worth) continue;
      if (auto found = find(value[i], wanted, fmt::format("{}[{}]", place, i))) return found;
    }
  }
  return std::nullopt;
}

std::string listed(std::initializer_list<const char*> required,
                   std::initializer_list<const char*> allowed) {
  std::vector<std::string> all(required.begin(), required.end());
  all.insert(all.end(), allowed.begin(), allowed.end());
  return join(all, ", ");
}

}  // namespace

Result<Input> Input::parse(std::string_view text) {
  if (text.size() > kMostBytes) {
    return fail(Errc::LimitExceeded,
                fmt::format("the file has {} bytes; at most {}", text.size(), kMostBytes));
  }
  Inspection inspection(text);
  const bool whole = Json::sax_parse(text.begin(), text.end(), &inspection);
  if (inspection.problem()) return tl::unexpected(*inspection.problem());
  Input input;
  if (whole) {
    input.root_ =
        std::make_unique<const Json>(Json::parse(text.begin(), text.end(), nullptr, false));
  }
  if (!whole || input.root_->is_discarded()) return fail(Errc::InvalidInput, "no JSON");
  return input;
}

bool Item::sound() const { return value_ != nullptr && !input_->problem_; }

std::string Item::place() const {
  if (value_ == nullptr) return "the file";
  const auto place = find(*input_->root_, value_, "");
  return place && !place->empty() ? *place : "the file";
}

void Item::wrong(std::string_view what) const {
  if (sound()) input_->problem_ = wrong_at(place(), what);
}

void Item::only(std::initializer_list<const char*> required,
                std::initializer_list<const char*> allowed) const {
  if (!sound()) return;
  if (!value_->is_object()) {
    return wrong(fmt::format("must be an object with {}", listed(required, allowed)));
  }
  for (const char* key : required) {
    if (!value_->contains(key)) return wrong(fmt::format("'{}' is missing", key));
  }
  const auto knows = [](std::initializer_list<const char*> keys, const std::string& key) {
    return std::find(keys.begin(), keys.end(), key) != keys.end();
  };
  for (const auto& [key, value] : value_->items()) {
    if (knows(required, key) || knows(allowed, key)) continue;
    return wrong(fmt::format("'{}' is no known key; there are: {}", clean(key, kLongestName),
                             listed(required, allowed)));
  }
}

bool Item::has(const char* key) const {
  return sound() && value_->is_object() && value_->contains(key);
}

Item Item::operator[](const char* key) const {
  return has(key) ? Item(input_, &*value_->find(key)) : Item();
}

bool Item::lasts(std::size_t count, std::size_t least, std::size_t most, const char* what) const {
  if (count >= least && count <= most) return true;
  if (count < least) {
    wrong(fmt::format("{} {}; at least {}", count, what, least));
  } else {
    input_->problem_.emplace(Errc::LimitExceeded,
                             fmt::format("{}: {} {}; at most {}", place(), count, what, most));
  }
  return false;
}

std::vector<std::pair<std::string, Item>> Item::members(std::size_t most) const {
  std::vector<std::pair<std::string, Item>> all;
  if (!sound()) return all;
  if (!value_->is_object()) {
    wrong("must be an object");
    return all;
  }
  if (!lasts(value_->size(), 0, most, "members")) return all;
  for (const auto& [key, value] : value_->items()) all.emplace_back(key, Item(input_, &value));
  return all;
}

std::vector<Item> Item::list(std::size_t most, std::size_t least) const {
  std::vector<Item> all;
  if (!sound()) return all;
  if (!value_->is_array()) {
    wrong("must be a list");
    return all;
  }
  if (!lasts(value_->size(), least, most, "entries")) return all;
  all.reserve(value_->size());
  for (const Json& entry : *value_) all.push_back(Item(input_, &entry));
  return all;
}

double Item::number(double least, double most) const {
  if (!sound()) return least;
  if (!value_->is_number()) {
    wrong(fmt::format("must be a number from {} to {}", least, most));
    return least;
  }
  const double number = value_->get<double>();
  if (number >= least && number <= most) return number;
  wrong(fmt::format("is {}; it must lie from {} to {}", number, least, most));
  return least;
}

std::int64_t Item::whole(std::int64_t least, std::int64_t most) const {
  if (!sound()) return least;
  if (!value_->is_number_integer()) {
    wrong(fmt::format("must be a whole number from {} to {}", least, most));
    return least;
  }
  // Beyond the signed range it is beyond `most` too.
  const bool huge = value_->is_number_unsigned() && value_->get<std::uint64_t>() > INT64_MAX;
  const std::int64_t number = huge ? INT64_MAX : value_->get<std::int64_t>();
  if (!huge && number >= least && number <= most) return number;
  wrong(fmt::format("is {}; it must lie from {} to {}", value_->dump(), least, most));
  return least;
}

std::vector<std::int64_t> Item::ids(std::size_t most, std::size_t least) const {
  std::vector<std::int64_t> all;
  for (const Item& entry : list(most, least)) all.push_back(entry.id());
  return all;
}

bool Item::yes() const {
  if (!sound()) return false;
  if (!value_->is_boolean()) wrong("must be true or false");
  return value_->is_boolean() && value_->get<bool>();
}

std::string Item::text() const {
  if (!sound()) return {};
  if (!value_->is_string()) {
    wrong("must be a text");
    return {};
  }
  return value_->get<std::string>();
}

}  // namespace dienstbereit::calc
