// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/device/nut_reply.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"

namespace dienstbereit::probe {
namespace {

constexpr std::size_t kShown = 80;            // bytes of a stranger's text in a sentence
constexpr double kHighestVoltage = 100'000;   // volts; beyond it is no reading
constexpr double kMillivoltsPerVolt = 1000;
constexpr double kHighestToNeutral = 350;     // volts, nominal: 347/600 V in Canada

// Takes the next word from the front of `rest`.
std::string_view take_word(std::string_view& rest) {
  rest = trim(rest);
  const auto end = rest.find(' ');
  const auto word = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return word;
}

// The text between quotes, `\"` and `\\` resolved; nothing behind it.
std::optional<std::string> unquoted(std::string_view text) {
  if (text.size() < 2 || text.front() != '"') return std::nullopt;
  std::string out;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') return i + 1 == text.size() ? std::optional(out) : std::nullopt;
    if (text[i] == '\\' && ++i == text.size()) return std::nullopt;
    out += text[i];
  }
  return std::nullopt;
}

std::optional<double> number(const NutVariables& variables, std::string_view name) {
  const auto found = variables.find(name);
  return found == variables.end() ? std::nullopt : parse_decimal(found->second);
}

std::optional<double> volts(const NutVariables& variables, std::string_view name) {
  const auto value = number(variables, name);
  return value && *value >= 0 && *value <= kHighestVoltage ? value : std::nullopt;
}

// What comes in at one phase, to neutral.
struct Input {
  double volts = 0;
  std::string_view phase;  // empty: there is but one
};

std::vector<Input> inputs_of(const NutVariables& variables) {
  if (const auto single = volts(variables, "input.voltage")) return {{*single, ""}};
  std::vector<Input> inputs;
  for (const std::string_view phase : {"L1", "L2", "L3"}) {
    const auto value = volts(variables, fmt::format("input.{}-N.voltage", phase));
    if (value) inputs.push_back({*value, phase});
  }
  return inputs;
}

struct Flag {
  std::string_view flag;
  const char* means;
};
constexpr std::array kLimits{
    Flag{"LB", "its battery is low"},
    Flag{"RB", "its battery needs to be replaced"},
    Flag{"OVER", "it is overloaded"},
    Flag{"TRIM", "it lowers the voltage that comes in"},
    Flag{"BOOST", "it raises the voltage that comes in"},
    Flag{"BYPASS", "it is bypassed: nothing protects its load"},
    Flag{"CAL", "it measures its battery"},
    Flag{"ALARM", "it gives an alarm"},
};

class Judge {
 public:
  Judge(const NutVariables& variables, unsigned tolerance)
      : variables_(variables), tolerance_(tolerance), inputs_(inputs_of(variables)) {
    for (const Input& input : inputs_) {
      if (highest_ == nullptr || input.volts > highest_->volts) highest_ = &input;
      if (lowest_ == nullptr || input.volts < lowest_->volts) lowest_ = &input;
    }
    const auto status = variables.find("ups.status");
    if (status == variables.end()) return;
    status_ = clean(status->second, kShown);
    for (const auto flag : split(status->second, ' ')) flags_.emplace_back(flag);
  }

  UpsState judge() {
    UpsState state;
    state.reading = reading();
    state.failure = failure();
    state.unknown = unknown();
    add_limits(state);
    if (has("OL") || has("OB")) {
      std::optional<std::int64_t> millivolts;
      if (highest_) millivolts = std::llround(highest_->volts * kMillivoltsPerVolt);
      state.power = PowerTrace{has("OB"), over_voltage(), millivolts};
    }
    return state;
  }

 private:
  bool has(std::string_view flag) const {
    return std::find(flags_.begin(), flags_.end(), flag) != flags_.end();
  }

  std::string failure() const {
    if (has("OFF")) return "it is switched off";
    if (has("FSD")) return "it is about to be switched off (FSD)";
    // One that measures its battery empties it by itself; upsmon waits then, too.
    if (has("OB") && has("LB") && !has("CAL")) return "it runs on battery, and the battery is low";
    return {};
  }

  std::string unknown() const {
    if (flags_.empty()) return "the UPS does not say how it is (no ups.status)";
    if (has("OL") || has("OB") || has("BYPASS") || !failure().empty()) return {};
    if (has("WAIT")) return "the driver has just started and does not know the UPS yet";
    return "the UPS says neither 'on line' nor 'on battery'";
  }

  void add_limits(UpsState& state) const {
    std::vector<std::string> limits;
    if (has("OB")) limits.emplace_back("it runs on battery");
    if (over_voltage()) limits.push_back("over-voltage: " + bounds(*highest_));
    if (under_voltage()) limits.push_back("under-voltage: " + bounds(*lowest_));
    state.phase = has("OB") ? "battery" : !limits.empty() ? "voltage" : "power";
    for (const Flag& limit : kLimits) {
      if (has(limit.flag)) limits.emplace_back(limit.means);
    }
    state.limits = join(limits, "; ");
  }

  // A UPS of three phases may tell its limits between two of them.
  std::optional<double> limit(const char* name) const {
    auto value = volts(variables_, name);
    const bool of_one_phase = inputs_.empty() || inputs_.front().phase.empty();
    if (!value || of_one_phase) return value;
    const auto nominal = volts(variables_, "input.voltage.nominal");
    if (nominal && *nominal > kHighestToNeutral) *value /= std::numbers::sqrt3;
    return value;
  }

  bool over_voltage() const {
    if (highest_ == nullptr) return false;
    const auto high = limit("input.transfer.high");
    const auto nominal = limit("input.voltage.nominal");
    if (high && *high > 0) return highest_->volts >= *high;
    constexpr double kPercent = 100;
    return nominal && *nominal > 0 && highest_->volts > *nominal * (1 + tolerance_ / kPercent);
  }

  // On battery a low voltage is no news.
  bool under_voltage() const {
    const auto low = limit("input.transfer.low");
    return lowest_ != nullptr && low && has("OL") && lowest_->volts <= *low;
  }

  std::string bounds(const Input& input) const {
    std::string text = fmt::format("{:g} V come in", input.volts);
    if (!input.phase.empty()) text += fmt::format(" at {}", input.phase);
    const auto add = [&](const char* name, const char* word) {
      if (const auto value = limit(name))
        text += fmt::format(", {} {:g}", word, std::round(*value));
    };
    add("input.voltage.nominal", "nominal");
    add("input.transfer.low", "lowest");
    add("input.transfer.high", "highest");
    return text;
  }

  std::string reading() const {
    std::string text = status_;
    for (const Input& input : inputs_) {
      text += fmt::format(", input{}{} {:g} V", input.phase.empty() ? "" : " ", input.phase,
                          input.volts);
    }
    const auto charge = number(variables_, "battery.charge");
    if (charge) text += fmt::format(", battery {:g} %", *charge);
    const auto runtime = number(variables_, "battery.runtime");
    if (runtime && *runtime >= 0) text += fmt::format(" for {:g} s", *runtime);
    return text;
  }

  const NutVariables& variables_;
  unsigned tolerance_;
  std::vector<Input> inputs_;
  const Input* highest_ = nullptr;  // of them, if there are any
  const Input* lowest_ = nullptr;
  std::string status_;
  std::vector<std::string> flags_;
};

}  // namespace

Result<void> NutReplyReader::take_variable(std::string_view rest) {
  const auto ups = take_word(rest);
  const auto name = take_word(rest);
  auto value = unquoted(trim(rest));
  if (ups != ups_ || name.empty() || !value) {
    return fail(Errc::InvalidInput,
                fmt::format("this is no variable of '{}': '{} {} {}'", ups_, clean(ups, kShown),
                            clean(name, kShown), clean(rest, kShown)));
  }
  if (reply_.variables.size() >= kMostNutVariables) {
    return fail(Errc::LimitExceeded,
                fmt::format("the UPS has more than {} variables", kMostNutVariables));
  }
  reply_.variables[std::string(name)] = std::move(*value);
  return {};
}

// True: the line ends the reply.
Result<bool> NutReplyReader::take_line(std::string_view line) {
  std::string_view rest = line;
  const auto verb = take_word(rest);
  if (verb == "ERR") {
    reply_ = {clean(trim(rest), kShown), {}};
    if (reply_.error.empty()) reply_.error = "an error without a name";
    return true;
  }
  const std::string what = fmt::format("LIST VAR {}", ups_);
  if (!begun_ && verb == "BEGIN" && trim(rest) == what) {
    begun_ = true;
    return false;
  }
  if (begun_ && verb == "END" && trim(rest) == what) return true;
  if (begun_ && verb == "VAR") {
    const auto taken = take_variable(rest);
    if (!taken) return tl::unexpected<Error>(taken.error());
    return false;
  }
  return fail(Errc::InvalidInput,
              fmt::format("this is no reply of upsd to '{}': '{}'", what, clean(line, kShown)));
}

Result<std::optional<NutReply>> NutReplyReader::next() {
  std::size_t begin = 0;
  for (;;) {
    const auto end = pending_.find('\n', begin);
    if (std::min(end, pending_.size()) - begin > kLongestNutLine) {
      return fail(Errc::LimitExceeded,
                  fmt::format("a line of the reply is longer than {} bytes", kLongestNutLine));
    }
    if (end == std::string::npos) break;
    std::string_view line(pending_.data() + begin, end - begin);
    begin = end + 1;
    const auto last = take_line(trim(line));
    if (!last) return tl::unexpected<Error>(last.error());
    if (*last) {
      pending_.erase(0, begin);
      begun_ = false;
      return std::optional<NutReply>(std::exchange(reply_, NutReply{}));
    }
  }
  pending_.erase(0, begin);
  return std::optional<NutReply>();
}

UpsState judge_ups(const NutVariables& variables, unsigned tolerance) {
  return Judge(variables, tolerance).judge();
}

}  // namespace dienstbereit::probe
