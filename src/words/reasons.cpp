// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include "words/catalogue.h"
#include "words/words.h"

namespace dienstbereit::words {
namespace {

const char* name_of(Health health) {
  switch (health) {
    case Health::Operational:
      return "operational";
    case Health::Degraded:
      return "degraded";
    case Health::Down:
      break;
  }
  return "down";
}

std::string state_of(Interval state) {
  std::string text = name_of(state.best);
  if (!state.certain()) text += std::string("..") + name_of(state.worst);
  return text;
}

std::string since_of(const Voice& voice, const ReasonStep& step) {
  if (!step.since) return {};
  return text(voice.language(), "time.since", {{"time", time_of(voice, *step.since)}});
}

std::string role_of(const Voice& voice, const ReasonStep& step) {
  return step.role.empty() ? text(voice.language(), "reason.administration") : step.role;
}

// The need that decided, or the thing itself where the step names none.
std::string object_of(const Voice& voice, const ReasonStep& step) {
  return node_name(voice, step.object.empty() ? step.subject : step.object);
}

// "ROADS@S3/REGISTER" and "ROADS@S3" stand at S3; a bare id is the site itself.
NodeId site_of(const NodeId& node) {
  const std::size_t at = node.str().find('@');
  if (at == std::string::npos) return node;
  const std::size_t slash = node.str().find('/', at);
  const std::size_t length = slash == std::string::npos ? slash : slash - at - 1;
  return NodeId(node.str().substr(at + 1, length));
}

// A lost uplink is named by `detail` where the step has no subject.
std::string unseen_name(const Voice& voice, const ReasonStep& step) {
  return node_name(voice, step.subject.empty() ? NodeId(step.detail) : step.subject);
}

Args args_of(const Voice& voice, const ReasonStep& step) {
  Args args{{"since", since_of(voice, step)},
            {"subject", node_name(voice, step.subject)},
            {"object", object_of(voice, step)},
            {"site", node_name(voice, step.object.empty() ? site_of(step.subject) : step.object)},
            {"role", role_of(voice, step)},
            {"have", std::to_string(step.have)},
            {"need", std::to_string(step.need)},
            {"of", std::to_string(step.of)}};
  return args;
}

std::string counted(const Voice& voice, const ReasonStep& step) {
  return count(voice.language(), std::string("reason.") + dienstbereit::name_of(step.kind),
               step.have, args_of(voice, step));
}

// What it is that a buffer holds up, or no longer does: a failure, a limit, or nothing certain.
std::string buffer_key(const ReasonStep& step) {
  const std::string key = std::string("reason.") + dienstbereit::name_of(step.kind) + ".";
  if (step.state == kDegraded) return key + "degraded";
  const bool unknown = step.kind == ReasonKind::BufferUntil && step.state != kDown;
  return key + (unknown ? "unknown" : "down");
}

std::string bridged(const Voice& voice, const ReasonStep& step) {
  std::string how = text(voice.language(), "reason.bridged_open");
  if (step.until) {
    how = text(voice.language(), "reason.bridged", {{"until", until_of(voice, *step.until)}});
  }
  Args args = args_of(voice, step);
  args.push_back({"bridged", std::move(how)});
  return text(voice.language(), buffer_key(step), args);
}

std::string word_in_force(const Voice& voice, const ReasonStep& step) {
  std::string until;
  if (step.until) {
    until = text(voice.language(), "reason.until", {{"time", until_of(voice, *step.until)}});
  }
  return text(voice.language(), "reason.word_in_force",
              {{"role", role_of(voice, step)}, {"until", std::move(until)}});
}

std::string facts_of(const Voice& voice, const ReasonStep& step) {
  std::string facts = dienstbereit::name_of(step.kind);
  if (!step.subject.empty()) facts += " " + step.subject.str();
  if (!step.object.empty()) facts += " <- " + step.object.str();
  facts += " " + state_of(step.state);
  if (step.of > 0) {
    facts += fmt::format(" have={} need={} of={}", step.have, step.need, step.of);
  }
  if (step.since) facts += " since=" + to_rfc3339(*step.since, voice.zone());
  if (step.until) facts += " until=" + to_rfc3339(*step.until, voice.zone());
  return facts;
}

}  // namespace

std::string reason(const Voice& voice, const ReasonStep& step) {
  Args args = args_of(voice, step);
  switch (step.kind) {
    case ReasonKind::TooFew:
    case ReasonKind::RegularConditionFails:
    case ReasonKind::ServicesClosed:
    case ReasonKind::ServicesLimited:
      return counted(voice, step);
    case ReasonKind::WordInForce:
      return word_in_force(voice, step);
    case ReasonKind::BufferUntil:
      return bridged(voice, step);
    case ReasonKind::BufferEmpty:
      return text(voice.language(), buffer_key(step), args);
    case ReasonKind::OfflineModeUnavailable:
      if (step.object.empty()) {
        return text(voice.language(), "reason.offline_mode_unavailable_open", args);
      }
      break;
    case ReasonKind::PathLost:
      args[1].value = unseen_name(voice, step);
      break;
    default:
      break;
  }
  return text(voice.language(), std::string("reason.") + dienstbereit::name_of(step.kind), args);
}

std::string technical_reason(const Voice& voice, const ReasonStep& step) {
  const std::string detail = say({step.detail, step.detail_en}, voice.language()).text;
  const Args args{
      {"plain", reason(voice, step)}, {"facts", facts_of(voice, step)}, {"detail", detail}};
  return text(voice.language(), detail.empty() ? "reason.technical" : "reason.technical_detail",
              args);
}

std::vector<std::string> reasons(const Voice& voice, const Explanation& why) {
  std::vector<std::string> all;
  for (const ReasonStep& step : why) all.push_back(reason(voice, step));
  return all;
}

std::vector<std::string> technical_reasons(const Voice& voice, const Explanation& why) {
  std::vector<std::string> all;
  for (const ReasonStep& step : why) all.push_back(technical_reason(voice, step));
  return all;
}

}  // namespace dienstbereit::words
