// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "stage/conversation.h"

namespace dienstbereit::stage {
namespace {

using Variable = std::pair<std::string_view, std::string_view>;

// As NUT's protocol names them; sorted.
std::vector<Variable> variables(const Supply& supply) {
  return {{"battery.charge", supply.on_battery ? "97" : "100"},
          {"battery.runtime", "1820"},
          {"device.model", "Stage UPS"},
          {"input.transfer.high", "264"},
          {"input.transfer.low", "184"},
          {"input.voltage", supply.over_voltage ? "283.4" : "230.2"},
          {"input.voltage.nominal", "230"},
          {"ups.status", supply.on_battery ? "OB DISCHRG" : "OL CHRG"}};
}

// Network UPS Tools' text protocol, as far as reading goes (docs/formats/stage.md).
class NutConversation : public Conversation {
 public:
  NutConversation(const Server& server, const Supply& supply) : server_(server), supply_(supply) {}

  bool advance(std::string& in, std::string& out) override {
    while (true) {
      const auto end = in.find('\n');
      if (end == std::string::npos && in.size() <= kLongestLine) return true;
      if (end == std::string::npos || end > kLongestLine) {
        out += "ERR INVALID-ARGUMENT\n";
        return false;
      }
      const std::string line(trim(std::string_view(in).substr(0, end)));
      in.erase(0, end + 1);
      if (!obey(line, out)) return false;
    }
  }

 private:
  // False after the last answer.
  bool obey(const std::string& line, std::string& out) {
    const auto words = split(line, ' ');
    if (line == "LOGOUT") {
      out += "OK Goodbye\n";
      return false;
    }
    if (line == "VER" || line == "NETVER") {
      out += line == "VER" ? "Dienstbereit's stage\n" : "1.2\n";
    } else if (line == "LIST UPS") {
      out += fmt::format("BEGIN LIST UPS\nUPS {} \"Stage UPS\"\nEND LIST UPS\n", server_.ups);
    } else if (words.size() == 3 && words[0] == "LIST" && words[1] == "VAR") {
      list(words[2], out);
    } else if (words.size() == 4 && words[0] == "GET" && words[1] == "VAR") {
      get(words[2], words[3], out);
    } else {
      out += "ERR UNKNOWN-COMMAND\n";
      return ++mistakes_ < kMostMistakes;
    }
    return true;
  }

  void list(std::string_view ups, std::string& out) const {
    if (ups != server_.ups) {
      out += "ERR UNKNOWN-UPS\n";
      return;
    }
    out += fmt::format("BEGIN LIST VAR {}\n", ups);
    for (const auto& [name, value] : variables(supply_)) {
      out += fmt::format("VAR {} {} \"{}\"\n", ups, name, value);
    }
    out += fmt::format("END LIST VAR {}\n", ups);
  }

  void get(std::string_view ups, std::string_view wanted, std::string& out) const {
    if (ups != server_.ups) {
      out += "ERR UNKNOWN-UPS\n";
      return;
    }
    for (const auto& [name, value] : variables(supply_)) {
      if (name != wanted) continue;
      out += fmt::format("VAR {} {} \"{}\"\n", ups, name, value);
      return;
    }
    out += "ERR VAR-NOT-SUPPORTED\n";
  }

  const Server& server_;
  const Supply& supply_;
  int mistakes_ = 0;
};

}  // namespace

Supply supply_after(std::optional<std::chrono::milliseconds> since_surge) {
  if (!since_surge || *since_surge >= kOverVoltage + kOnBattery) return {};
  return {*since_surge >= kOverVoltage, *since_surge < kOverVoltage + kOnBattery / 2};
}

std::unique_ptr<Conversation> converse_nut(const Server& server, const Supply& supply) {
  return std::make_unique<NutConversation>(server, supply);
}

}  // namespace dienstbereit::stage
