// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "app/messenger.h"

#include <fmt/format.h>

#include "base/log.h"
#include "words/message.h"

namespace dienstbereit::app {
namespace {

std::string address_of(const config::Contact& contact, ChannelKind kind) {
  if (kind == ChannelKind::Mail) return contact.mail;
  return kind == ChannelKind::Sms ? contact.mobile : std::string();
}

std::string state_of(const NoticeItem& item) {
  switch (item.kind) {
    case NoticeItemKind::Place:
      return name_of(item.to);
    case NoticeItemKind::Word:
    case NoticeItemKind::Run:
      return item.question;
    case NoticeItemKind::Incident:
      break;
  }
  return "open";
}

notify::LetterItem item_of(const words::Voice& de, const words::Voice& en, const NoticeItem& item,
                           NoticeKind kind) {
  notify::LetterItem out;
  out.subject = item.subject;
  out.name_de = words::item_name(de, item);
  out.name_en = words::item_name(en, item);
  out.kind = name_of(item.kind);
  const bool place = item.kind == NoticeItemKind::Place;
  out.from = place ? name_of(item.from) : "";
  out.to = state_of(item);
  out.over = place ? item.to == Readiness::Normal
                   : item.kind == NoticeItemKind::Run && kind == NoticeKind::Clear;
  out.since = item.since;
  return out;
}

// German first, as everywhere; one language where the recipient wants one.
void set_words(notify::Letter& letter, const config::Contact& contact, const OutMessage& message) {
  const words::Voice de(words::Language::De, *message.district, message.raised);
  const words::Voice en(words::Language::En, *message.district, message.raised);
  const words::MessageFacts facts{*message.notice, message.id, letter.code, message.exercise};
  const words::MessageText german = words::message(de, facts);
  const words::MessageText english = words::message(en, facts);
  const words::MessageText& first = contact.german ? german : english;
  letter.subject = first.subject;
  letter.text = first.text;
  letter.short_text = first.brief;
  letter.languages = {contact.german ? "de" : "en"};
  if (contact.german && contact.english) {
    letter.text += "\n-- \n\n" + english.text;
    letter.languages.push_back("en");
  }
  letter.text_de = german.text;
  letter.text_en = english.text;
  letter.sender = words::say(message.district->administration.name, words::Language::De).text;
  for (const NoticeItem& item : message.notice->items) {
    letter.items.push_back(item_of(de, en, item, message.notice->kind));
  }
}

}  // namespace

std::string bind_of(const District& district, const ChannelSpec& channel) {
  for (const Uplink& uplink : district.uplinks) {
    if (uplink.id == channel.uplink) return uplink.bind;
  }
  return {};
}

Messenger::Messenger(runtime::Loop& worker, notify::Notifier& notifier, InputSink& engine,
                     std::optional<AckCodes> codes)
    : worker_(worker), notifier_(notifier), engine_(engine), codes_(std::move(codes)) {}

void Messenger::use(config::ContactBook book) {
  const std::lock_guard lock(mutex_);
  book_ = std::make_shared<const config::ContactBook>(std::move(book));
  refresh();
}

void Messenger::use(std::shared_ptr<const District> district) {
  const std::lock_guard lock(mutex_);
  if (district_ == district) return;
  district_ = std::move(district);
  refresh();
}

void Messenger::refresh() {
  if (!book_ || !district_) return;
  std::vector<std::string> problems;
  roster_ = std::make_shared<const Roster>(config::roster_of(*book_, *district_, problems));
  for (const std::string& problem : problems) log::warning("{}", problem);
}

std::shared_ptr<const Roster> Messenger::roster() const {
  const std::lock_guard lock(mutex_);
  return roster_;
}

void Messenger::send(OutMessage message) {
  worker_.post([this, message = std::move(message)] { word(message); });
}

void Messenger::word(const OutMessage& message) {
  MessageResult result{message.id, message.channel, false, true, {}};
  if (message.exercise) {
    log::info("exercise: message {} to {} stays in the house", message.id.str(),
              message.recipient.str());
    result.ok = true;
    return report(std::move(result));
  }
  std::shared_ptr<const config::ContactBook> book;
  {
    const std::lock_guard lock(mutex_);
    book = book_;
  }
  const config::Contact* contact = book ? book->find(message.recipient) : nullptr;
  const ChannelSpec* channel = find_channel(*message.district, message.channel);
  if (contact == nullptr || channel == nullptr) {
    result.detail = contact == nullptr ? "the recipient stands in the contacts no longer"
                                       : "the district has this channel no longer";
    return report(std::move(result));
  }
  notify::Letter letter;
  letter.id = message.id;
  letter.key = message.key;
  letter.recipient = message.recipient;
  letter.channel = *channel;
  letter.bind = bind_of(*message.district, *channel);
  letter.to = address_of(*contact, channel->kind);
  letter.kind = message.notice->kind;
  letter.cause = message.notice->cause;
  letter.raised = message.raised;
  letter.page = message.district->administration.public_url;
  letter.exercise = message.exercise;
  letter.bad = message.notice->bad;
  letter.more = message.notice->more;
  if (message.awaits_answer && codes_) letter.code = codes_->code_of(message.id);
  set_words(letter, *contact, message);
  notifier_.send(std::move(letter));
}

void Messenger::report(MessageResult result) {
  if (result.ok) {
    log::info("message {} went out by '{}'", result.id.str(), result.channel.str());
  } else {
    log::warning("message {} did not go out by '{}': {}", result.id.str(), result.channel.str(),
                 result.detail);
  }
  engine_.command({"notify", ""}, NoteDelivery{std::move(result)}, [](const Result<Answer>&) {});
}

std::string Messenger::resolved(const std::string& what, const NoticeBoard& board) const {
  const auto message = codes_ ? codes_->message_of(what, board) : std::nullopt;
  return message ? message->str() : what;
}

}  // namespace dienstbereit::app
