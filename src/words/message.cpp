// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "words/message.h"

#include "words/catalogue.h"

namespace dienstbereit::words {
namespace {

constexpr std::size_t kBriefLines = 3;

// An online service has no counter that could be open or closed.
bool has_counter(const NoticeItem& item) { return item.subject.find('/') == std::string::npos; }

// Of an incident or a run.
std::string title_of(const Voice& voice, const NoticeItem& item) {
  return item.text.empty() ? item.subject : say(item.text, voice.language()).text;
}

std::string line(const Voice& voice, const NoticeItem& item) {
  const Language language = voice.language();
  switch (item.kind) {
    case NoticeItemKind::Word:
      return text(language, "message.line." + item.question, {{"word", item.subject}});
    case NoticeItemKind::Incident:
      return text(language, "message.line.incident",
                  {{"id", item.subject},
                   {"title", title_of(voice, item)},
                   {"time", time_of(voice, item.since)}});
    case NoticeItemKind::Run:
      return text(language, "message.line.run." + item.question,
                  {{"id", item.subject},
                   {"title", title_of(voice, item)},
                   {"time", time_of(voice, item.since)}});
    case NoticeItemKind::Place:
      break;
  }
  return text(language, "message.line",
              {{"name", item_name(voice, item)},
               {"from", word(language, item.from, has_counter(item))},
               {"to", word(language, item.to, has_counter(item))},
               {"time", time_of(voice, item.since)}});
}

std::string short_line(const Voice& voice, const NoticeItem& item) {
  if (item.kind == NoticeItemKind::Run) {
    return text(voice.language(), "message.short_run", {{"id", item.subject}});
  }
  if (item.kind != NoticeItemKind::Place) return line(voice, item);
  return text(voice.language(), "message.short",
              {{"name", item_name(voice, item)},
               {"to", word(voice.language(), item.to, has_counter(item))}});
}

std::string alarm_subject(const Voice& voice, const NoticeRaised& notice) {
  const bool incident =
      !notice.items.empty() && notice.items.front().kind == NoticeItemKind::Incident;
  if (notice.bad == 0 && incident) {
    return text(voice.language(), "message.subject.incident",
                {{"title", title_of(voice, notice.items.front())}});
  }
  return count(voice.language(), "message.subject.alarm", notice.bad);
}

std::string subject(const Voice& voice, const NoticeRaised& notice) {
  const Language language = voice.language();
  if (!notice.items.empty() && notice.items.front().kind == NoticeItemKind::Run) {
    const NoticeItem& run = notice.items.front();
    return text(language, "message.subject.run." + run.question, {{"title", title_of(voice, run)}});
  }
  switch (notice.kind) {
    case NoticeKind::Alarm:
      return alarm_subject(voice, notice);
    case NoticeKind::Clear:
      return text(language, "message.subject.clear");
    case NoticeKind::Question:
      return text(language, "message.subject.question");
    case NoticeKind::Test:
      return text(language, "message.subject.test");
    case NoticeKind::Change:
      break;
  }
  if (notice.items.size() == 1 && notice.more == 0) {
    return text(language, "message.subject.single",
                {{"line", short_line(voice, notice.items.front())}});
  }
  return count(language, "message.subject.change", notice.items.size() + notice.more);
}

// How things stand as a whole, for notices that tell of places.
std::string whole(const Voice& voice, const NoticeRaised& notice) {
  if (notice.kind == NoticeKind::Test) return text(voice.language(), "message.test");
  if (notice.kind == NoticeKind::Question) return {};
  return notice.bad == 0 ? text(voice.language(), "message.none_bad")
                         : count(voice.language(), "message.bad", notice.bad);
}

std::string long_text(const Voice& voice, const MessageFacts& facts, const std::string& first) {
  const Language language = voice.language();
  const Administration& office = voice.district().administration;
  std::string out = first + "\n\n";
  out +=
      text(language, "message.stand",
           {{"sender", say(office.name, language).text}, {"time", time_of(voice, voice.now())}}) +
      "\n";
  const std::string stand = whole(voice, facts.notice);
  if (!stand.empty()) out += stand + "\n";
  if (!facts.notice.items.empty()) out += "\n";
  for (const NoticeItem& item : facts.notice.items) out += "- " + line(voice, item) + "\n";
  if (facts.notice.more > 0)
    out += "- " + count(language, "message.more", facts.notice.more) + "\n";
  out += "\n";
  if (!facts.code.empty()) {
    out += text(language, "message.answer", {{"code", facts.code}}) + "\n";
  }
  if (!office.public_url.empty()) {
    out += text(language, "message.page", {{"page", office.public_url}}) + "\n";
  }
  return out + text(language, "message.foot", {{"id", facts.id.str()}}) + "\n";
}

std::string brief_text(const Voice& voice, const MessageFacts& facts, const std::string& first) {
  std::vector<std::string> parts{first};
  if (!facts.code.empty()) {
    parts.push_back(text(voice.language(), "message.code", {{"code", facts.code}}));
  }
  for (std::size_t i = 0; i < facts.notice.items.size() && i < kBriefLines; ++i) {
    parts.push_back(short_line(voice, facts.notice.items[i]));
  }
  const std::string& page = voice.district().administration.public_url;
  if (!page.empty()) parts.push_back(page);
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : "; ") + part;
  return out;
}

}  // namespace

std::string item_name(const Voice& voice, const NoticeItem& item) {
  const bool titled = item.kind == NoticeItemKind::Incident || item.kind == NoticeItemKind::Run;
  if (titled) return title_of(voice, item);
  return item.kind == NoticeItemKind::Word ? item.subject : node_name(voice, NodeId(item.subject));
}

MessageText message(const Voice& voice, const MessageFacts& facts) {
  MessageText made;
  made.subject = marked(voice.language(), facts.exercise, subject(voice, facts.notice));
  made.text = long_text(voice, facts, made.subject);
  made.brief = brief_text(voice, facts, made.subject);
  return made;
}

}  // namespace dienstbereit::words
