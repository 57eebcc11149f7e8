// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Who knew what when: the operations log of one incident, and what people were told.
#include <fmt/format.h>

#include "web/operate/handlers.h"
#include "web/operate/record_parts.h"
#include "words/catalogue.h"

namespace dienstbereit::web::operate {
namespace {

void write_log(const Desk& desk, const Pen& pen, const Incident& incident) {
  const auto list = pen.html.open("ol", {{"class", "log"}, {"reversed", ""}});
  bool said = false;
  for (auto it = incident.log.rbegin(); it != incident.log.rend(); ++it) {
    if (full(pen, said)) break;
    const auto item = pen.html.open("li");
    pen.html.leaf("span", written(desk, pen, it->written), {{"class", "hours"}});
    pen.html.empty("br");
    pen.html.leaf("strong", label_of(pen, "operate.event.", it->what.c_str()));
    if (!it->subject.empty()) pen.html.text(fmt::format(" ({})", it->subject));
    if (!it->text.empty()) pen.html.text(": ").leaf("span", it->text, {{"dir", "auto"}});
  }
}

std::string notice_line(const Desk& desk, const Pen& pen, const NoticeSituation& notice) {
  std::string line = fmt::format("{}, {}", words::time_of(pen.voice, notice.raised),
                                 label_of(pen, "operate.notice.", name_of(notice.kind)));
  if (!notice.cause.empty()) line += fmt::format(" ({})", notice.cause);
  if (!notice.acknowledged_by.empty()) {
    line += fmt::format(": {} {}", pen.label("operate.notice.seen_to"),
                        author(desk, pen, notice.acknowledged_by));
  } else if (notice.awaits_answer) {
    line += fmt::format(": {}", pen.label("operate.notice.unanswered"));
  }
  return line;
}

void write_board(const Desk& desk, const Pen& pen, const Visit& visit) {
  const NoticeBoard& board = visit.situation->notices;
  if (board.notices.empty()) pen.html.leaf("p", pen.label("operate.notice.none"));
  const auto list = pen.html.open("ul", {{"class", "cards"}});
  bool said = false;
  for (const NoticeSituation& notice : board.notices) {
    if (full(pen, said)) continue;
    const auto item = pen.html.open("li");
    pen.html.leaf("p", notice_line(desk, pen, notice));
    if (!notice.awaits_answer || !notice.acknowledged_by.empty() || !visit.may(Role::Operate)) {
      continue;
    }
    FormWriter form(
        pen, visit, "notice-" + notice.id.str(), "/operate/messages",
        words::text(pen.language(), "operate.notice.see_to", {{"notice", notice.id.str()}}),
        FormKind::Inline);
    form.hidden("notice", notice.id.str());
  }
}

void write_messages(const Pen& pen, const Visit& visit) {
  const NoticeBoard& board = visit.situation->notices;
  pen.html.leaf("h2", pen.label("operate.message.title"));
  for (const ChannelTrouble& trouble : board.troubles) {
    pen.html.leaf("p", words::count(pen.language(), "operate.message.trouble", trouble.failures,
                                    {{"channel", trouble.channel.str()}}));
    pen.html.leaf("p", trouble.detail, {{"lang", "en"}, {"class", "hours"}});
  }
  const auto list = pen.html.open("ul", {{"class", "plain"}});
  bool said = false;
  for (const MessageSituation& message : board.messages) {
    if (full(pen, said)) continue;
    pen.html.leaf("li", fmt::format("{}, {} ({}): {}", words::time_of(pen.voice, message.queued),
                                    message.recipient.str(), message.channel.str(),
                                    label_of(pen, "operate.message.", name_of(message.state))));
  }
}

Response messages_page(const Desk& desk, const Visit& visit, std::optional<Notice> notice,
                       int status) {
  return desk.page(visit,
                   {words::label(visit.language, "operate.messages.title"), std::move(notice),
                    [&](const Pen& pen) {
                      write_board(desk, pen, visit);
                      write_messages(pen, visit);
                    }},
                   status);
}

}  // namespace

Outcome show_log(const Desk& desk, const Visit& visit) {
  const Incident* incident = incident_in(visit);
  if (incident == nullptr) return no_such_thing(desk, visit);
  return desk.page(visit,
                   {words::text(visit.language, "operate.log.title",
                                {{"incident", words::say(incident->title, visit.language).text}}),
                    std::nullopt, [&](const Pen& pen) {
                      write_tabs(pen, visit, *incident);
                      pen.html.leaf("p", pen.label("operate.log.intro"));
                      write_log(desk, pen, *incident);
                    }});
}

Outcome show_messages(const Desk& desk, const Visit& visit) {
  return messages_page(desk, visit, done_notice(visit), 200);
}

Outcome acknowledge(const Desk& desk, const Visit& visit) {
  return desk.command(
      Acknowledge{visit.form.value("notice")}, visit,
      [&desk](const Visit& asked, const Answer&) {
        return desk.redirect(asked, "/operate/messages?done=1");
      },
      [&desk](const Visit& asked, Notice notice, int status) {
        return messages_page(desk, asked, std::move(notice), status);
      });
}

}  // namespace dienstbereit::web::operate
