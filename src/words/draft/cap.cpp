// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// A draft in the Common Alerting Protocol 1.2 (OASIS, 1 July 2010) for the control centre. Only
// authorised stations release warnings: nothing here sends one.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "words/draft/kinds.h"

namespace dienstbereit::words::drafts {
namespace {

constexpr std::size_t kLongestHeadline = 160;  // of the standard's advice
constexpr const char* kNamespace = "urn:oasis:names:tc:emergency:cap:1.2";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char letter : text) {
    switch (letter) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += letter;
    }
  }
  return out;
}

std::string element(std::string_view name, std::string_view content) {
  return fmt::format("<{0}>{1}</{0}>\n", name, escaped(content));
}

// Identifiers and senders may not hold spaces, commas, '<' or '&'.
std::string token(std::string_view text) {
  std::string out;
  for (const char letter : text) {
    const bool plain = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                       (letter >= '0' && letter <= '9') || letter == '.' || letter == '-';
    out += plain ? letter : '-';
  }
  return out;
}

// With the zone's numeric offset and whole seconds, as the standard wants it: never "Z".
std::string cap_time(const Voice& voice, Instant t) {
  std::string told = to_rfc3339(t, voice.zone());
  const auto point = told.find('.');
  if (point != std::string::npos) told.erase(point, told.find_first_of("+-Z", point) - point);
  if (told.ends_with('Z')) told.replace(told.size() - 1, 1, "-00:00");
  if (told.ends_with("+00:00")) told[told.size() - 6] = '-';
  return told;
}

std::string host_of(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  return std::string(url.substr(0, url.find_first_of("/:?#")));
}

std::string sender(const Administration& own) {
  const std::string host = host_of(own.public_url);
  return token(!host.empty() ? host : !own.id.empty() ? own.id : std::string("dienstbereit"));
}

std::string between(std::string_view text, std::string_view open, std::string_view close) {
  const auto begin = text.find(open);
  if (begin == std::string_view::npos) return {};
  const auto end = text.find(close, begin + open.size());
  if (end == std::string_view::npos) return {};
  return std::string(text.substr(begin + open.size(), end - begin - open.size()));
}

// "sender,identifier,sent" of an alert that was handed over; empty if an edit has lost one.
std::string reference_to(const Statement& statement) {
  const std::string from = between(statement.de, "<sender>", "</sender>");
  const std::string id = between(statement.de, "<identifier>", "</identifier>");
  const std::string sent = between(statement.de, "<sent>", "</sent>");
  constexpr std::string_view kForbidden = ", \t\r\n<&";
  for (const std::string* part : {&from, &id, &sent}) {
    if (part->empty() || part->find_first_of(kForbidden) != std::string::npos) return {};
  }
  return from + "," + id + "," + sent;
}

// An approved draft counts as handed over; a published one would too.
std::string references(const DraftFacts& facts) {
  std::string all;
  for (const auto* list : {&facts.record.earlier, &facts.record.statements}) {
    for (const Statement& one : *list) {
      const bool told = one.state == StatementState::Approved || one.published_at.has_value();
      const bool ours = facts.incident && one.incident == facts.incident->id;
      if (one.kind != StatementKind::Cap || !told || !ours) continue;
      const std::string reference = reference_to(one);
      if (reference.empty()) continue;
      all += (all.empty() ? "" : " ") + reference;
    }
  }
  return all;
}

const char* severity(const Teller& teller) {
  if (!teller.incident()) return "Unknown";
  switch (teller.incident()->level) {
    case Level::Disturbance:
      return "Minor";
    case Level::Emergency:
      return "Moderate";
    case Level::Crisis:
      break;
  }
  return "Severe";
}

std::string area(const Teller& teller) {
  const Administration& own = teller.facts().district.administration;
  std::string out = "<area>\n" + element("areaDesc", teller.administration());
  if (!own.ags.empty()) {
    out += "<geocode>\n" + element("valueName", "AGS") + element("value", own.ags) + "</geocode>\n";
  }
  return out + "</area>\n";
}

std::string info(const Teller& teller, const char* language) {
  const DraftFacts& facts = teller.facts();
  const Administration& own = facts.district.administration;
  const Text told = brief(teller);
  std::string out = "<info>\n" + element("language", language) + element("category", "Infra") +
                    element("event", text(teller.language(), "draft.cap.event"));
  if (teller.over()) out += element("responseType", "AllClear");
  out += element("urgency", teller.over() ? "Past" : "Immediate");
  out += element("severity", severity(teller));
  out += element("certainty", "Observed");
  out += element("effective", cap_time(teller.voice(), facts.now));
  if (teller.incident())
    out += element("onset", cap_time(teller.voice(), teller.incident()->since));
  if (const auto next = next_information(facts)) {
    out += element("expires", cap_time(teller.voice(), *next));
  }
  out += element("senderName", teller.administration());
  out += element("headline", clean(told.title, kLongestHeadline));
  const std::string exercise = teller.exercise();
  out += element("description", exercise.empty() ? told.body : exercise + "\n\n" + told.body);
  out += element("instruction", text(teller.language(), "draft.cap.instruction"));
  if (!own.public_url.empty()) out += element("web", own.public_url);
  if (!own.phone.empty()) out += element("contact", teller.quoted(own.phone));
  return out + area(teller) + "</info>\n";
}

const char* message_type(const Teller& teller, bool has_earlier) {
  if (!has_earlier) return "Alert";
  return teller.closed() ? "Cancel" : "Update";
}

}  // namespace

Text cap(const Teller& german, const Teller& english) {
  const DraftFacts& facts = german.facts();
  const Administration& own = facts.district.administration;
  const std::string earlier = references(facts);
  std::string id = sender(own) + "." + (facts.incident ? facts.incident->id.str() : "situation");
  id += fmt::format(".{}", facts.based_on);
  std::string out =
      fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<alert xmlns=\"{}\">\n", kNamespace);
  out += element("identifier", token(id));
  out += element("sender", sender(own));
  out += element("sent", cap_time(german.voice(), facts.now));
  out += element("status", facts.exercise ? "Exercise" : "Actual");
  out += element("msgType", message_type(german, !earlier.empty()));
  out += element("scope", "Public");
  out += element("note", text(Language::De, "draft.cap.note"));
  if (!earlier.empty()) out += element("references", earlier);
  out += info(german, "de-DE") + info(english, "en-GB") + "</alert>\n";
  return {text(german.language(), "draft.cap.title", {{"name", german.name()}}), std::move(out)};
}

}  // namespace dienstbereit::words::drafts
