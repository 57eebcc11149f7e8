// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "config/telling/contacts.h"

#include <sys/stat.h>

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/file.h"
#include "config/document.h"
#include "config/shapes.h"
#include "config/values.h"

namespace dienstbereit::config {
namespace {

constexpr mode_t kOthersMayUse = S_IRWXO | S_IWGRP;

struct Wants {
  bool incidents = false, places = false, questions = false;
};
struct OnCallDraft {
  unsigned level = 1;
  std::optional<OpeningHours> hours;
};
struct ContactDraft : Contact {
  Mark mark;
  std::optional<Wants> wants;
  std::optional<OnCallDraft> on_call;
};
struct BookDraft {
  Duration escalate_after = kEscalateAfter;
  Duration gather_for = kGatherFor;
  std::vector<ContactDraft> contacts;
};

const Type kWants{"wants", "`incidents`, `places`, `questions` or `all`", "{}"};
const Type kLanguage{"language", "`de`, `en` or `both`", "{}"};
const Type kMobile{"mobile", "`+` and digits", "{}"};

void read_recipient_id(Reader& reader, const Node& node, RecipientId& id) {
  std::string text;
  read_text(reader, node, text);
  if (!valid_id(text)) reader.report.error(node.mark, id_rule(text));
  id = RecipientId(std::move(text));
}

void read_mobile(Reader& reader, const Node& node, std::string& number) {
  read_text(reader, node, number);
  const std::string digits = number.starts_with('+') ? number.substr(1) : number;
  const bool sound = digits.size() >= 3 && digits.size() <= 20 &&
                     digits.find_first_not_of("0123456789") == std::string::npos;
  if (!sound) {
    reader.report.error(node.mark, "a number is '+' and digits without spaces, in quotes: "
                                   "\"+491701234567\"");
  }
}

void read_wants(Reader& reader, const Node& node, std::optional<Wants>& wants) {
  wants.emplace();
  for (const Node* item : one_or_items(node)) {
    const auto chosen =
        choose(reader, *item, {{"incidents", 0}, {"places", 1}, {"questions", 2}, {"all", 3}});
    if (!chosen) continue;
    wants->incidents = wants->incidents || *chosen == 0 || *chosen == 3;
    wants->places = wants->places || *chosen == 1 || *chosen == 3;
    wants->questions = wants->questions || *chosen == 2 || *chosen == 3;
  }
}

void read_language(Reader& reader, const Node& node, bool& german) {
  if (const auto chosen = choose(reader, node, {{"de", 1}, {"en", 0}})) german = *chosen == 1;
}

void read_level(Reader& reader, const Node& node, unsigned& level) {
  read_count(reader, node, level);
  if (level >= 1 && level <= Roster::kHighestLevel) return;
  reader.report.error(node.mark, fmt::format("a level lies between 1 (called first) and {}",
                                             Roster::kHighestLevel));
}

void read_escalate_after(Reader& reader, const Node& node, Duration& duration) {
  read_duration(reader, node, duration);
  if (duration >= std::chrono::minutes(1) && duration <= std::chrono::hours(24)) return;
  reader.report.error(node.mark, "escalate_after lies between 1 min and 24 h");
}

void read_gather_for(Reader& reader, const Node& node, Duration& duration) {
  read_duration(reader, node, duration);
  if (duration >= std::chrono::seconds(1) && duration <= std::chrono::minutes(5)) return;
  reader.report.error(node.mark, "gather_for lies between 1 s and 5 min");
}

const Shape& on_call_shape() {
  using K = Keys<OnCallDraft>;
  static const Shape shape{
      "on_call",
      "a duty",
      "",
      {K::as<&OnCallDraft::level, read_level>("level", kCount, "1 is called first").needed(),
       K::of<&OnCallDraft::hours>("hours", "when; left out: always")}};
  return shape;
}

Key on_call_key() {
  Key key{"on_call", "is called, and asked to answer", nullptr, on_call_shape};
  key.read = [](Reader& reader, const Node& node, void* target) {
    auto& contact = *static_cast<ContactDraft*>(target);
    read_shape(reader, node, on_call_shape(), &contact.on_call.emplace());
  };
  return key;
}

Key language_key() {
  Key key{"language", "of the messages; default both", &kLanguage};
  key.read = [](Reader& reader, const Node& node, void* target) {
    auto& contact = *static_cast<ContactDraft*>(target);
    if (node.kind == Node::Kind::Scalar && node.text == "both") return;
    bool german = true;
    read_language(reader, node, german);
    contact.german = german;
    contact.english = !german;
  };
  return key;
}

const Shape& contact_shape() {
  using K = Keys<ContactDraft>;
  static const Shape shape{
      "recipient",
      "a recipient",
      "",
      {K::as<&ContactDraft::id, read_recipient_id>("id", kId, "stands in the record, so no name")
           .needed(),
       K::of<&ContactDraft::name>("name", "of the person or function"),
       K::as<&ContactDraft::mail, read_email>("mail", kEmail, "outside the house's own mail"),
       K::as<&ContactDraft::mobile, read_mobile>("mobile", kMobile, "for sms"),
       K::of<&ContactDraft::channels>("channels", "ids of the district, in the order to try")
           .needed(),
       K::as<&ContactDraft::wants, read_wants>("wants", kWants, "default incidents",
                                               Form::OneOrList),
       language_key(), on_call_key()}};
  return shape;
}

const Shape& book_shape() {
  using K = Keys<BookDraft>;
  static const Shape shape{
      "contacts",
      "the contacts",
      "",
      {K::as<&BookDraft::escalate_after, read_escalate_after>(
           "escalate_after", kDuration,
           "without an answer the next level is called; default 15 "
           "min"),
       K::as<&BookDraft::gather_for, read_gather_for>(
           "gather_for", kDuration, "what changes meanwhile is told together; default 30 s"),
       K::list<&BookDraft::contacts, contact_shape>("recipients", "who is told")}};
  return shape;
}

Contact finished(const ContactDraft& draft) {
  Contact contact = draft;
  if (draft.wants) {
    contact.incidents = draft.wants->incidents;
    contact.places = draft.wants->places;
    contact.questions = draft.wants->questions;
  }
  if (draft.on_call) {
    contact.level = draft.on_call->level;
    contact.hours = draft.on_call->hours;
  }
  return contact;
}

void check(const BookDraft& draft, Reader& reader) {
  std::set<RecipientId> known;
  for (const ContactDraft& contact : draft.contacts) {
    const auto id = contact.id.str();
    if (!contact.id.empty() && !known.insert(contact.id).second) {
      reader.report.error(contact.mark, fmt::format("recipient '{}' stands twice; remove one", id));
    }
  }
  if (draft.contacts.size() > Roster::kMostRecipients) {
    reader.report.error(Mark{0, 1, 1}, fmt::format("{} recipients are the most; use lists of the "
                                                   "mail account for more",
                                                   Roster::kMostRecipients));
  }
}

// Only a district's channel that the contact has an address for.
bool usable(const Contact& contact, const ChannelSpec& channel) {
  if (channel.kind == ChannelKind::Mail) return !contact.mail.empty();
  return channel.kind != ChannelKind::Sms || !contact.mobile.empty();
}

bool names_holidays(const OpeningHours& hours) {
  return std::any_of(hours.rules.begin(), hours.rules.end(),
                     [](const HoursRule& rule) { return rule.days.public_holidays; });
}

}  // namespace

const Contact* ContactBook::find(const RecipientId& id) const {
  const auto found = std::find_if(contacts.begin(), contacts.end(),
                                  [&](const Contact& one) { return one.id == id; });
  return found == contacts.end() ? nullptr : &*found;
}

Result<ContactBook> parse_contacts(const std::string& name, std::string text) {
  const std::vector<SourceFile> files{{name, std::move(text)}};
  Report report(files);
  Places places;
  Reader reader{report, places};
  BookDraft draft;
  const auto root = parse_yaml(files.front(), 0, report);
  if (root && root->kind != Node::Kind::Null) {
    // Where each recipient stands, for what is found out across them.
    read_shape(reader, *root, book_shape(), &draft);
    const Node* list = root->kind == Node::Kind::Map ? root->find("recipients") : nullptr;
    for (std::size_t i = 0; list && i < list->items.size() && i < draft.contacts.size(); ++i) {
      draft.contacts[i].mark = list->items[i].mark;
    }
    check(draft, reader);
  }
  if (report.errors() > 0) return fail(Errc::InvalidInput, to_lines(report.take()));
  ContactBook book;
  book.escalate_after = draft.escalate_after;
  book.gather_for = draft.gather_for;
  for (const ContactDraft& contact : draft.contacts) book.contacts.push_back(finished(contact));
  return book;
}

Result<ContactBook> load_contacts(const std::filesystem::path& path) {
  struct stat facts{};
  if (::stat(path.c_str(), &facts) != 0) {
    return fail(Errc::NotFound, fmt::format("there is no file '{}'", path.string()));
  }
  if (!S_ISREG(facts.st_mode) || (facts.st_mode & kOthersMayUse) != 0) {
    return fail(Errc::Denied, fmt::format("'{}' holds personal data and must be a plain file that "
                                          "is closed to others: chmod 0600",
                                          path.string()));
  }
  auto text = read_file(path, kLargestContacts);
  if (!text) return tl::unexpected(text.error());
  return parse_contacts(path.filename().string(), std::move(*text));
}

Roster roster_of(const ContactBook& book, const District& district,
                 std::vector<std::string>& problems) {
  Roster roster;
  roster.escalate_after = book.escalate_after;
  roster.gather_for = book.gather_for;
  for (const Contact& contact : book.contacts) {
    Recipient recipient;
    recipient.id = contact.id;
    recipient.wants_incidents = contact.incidents;
    recipient.wants_places = contact.places;
    recipient.wants_questions = contact.questions;
    recipient.level = contact.level;
    if (contact.hours) {
      // Public holidays change a duty only where it names them.
      const auto land =
          names_holidays(*contact.hours) ? district.administration.land : std::optional<Land>();
      recipient.always = false;
      recipient.duty = PlaceCalendar(*contact.hours, land, {});
    }
    for (const std::string& id : contact.channels) {
      const ChannelSpec* channel = find_channel(district, ChannelId(id));
      if (channel == nullptr) {
        problems.push_back(fmt::format("contacts: the district has no channel '{}' for '{}'", id,
                                       contact.id.str()));
      } else if (!usable(contact, *channel)) {
        problems.push_back(
            fmt::format("contacts: '{}' has no {} for channel '{}'", contact.id.str(),
                        channel->kind == ChannelKind::Mail ? "mail address" : "mobile number", id));
      } else {
        recipient.channels.push_back(channel->id);
      }
    }
    if (recipient.channels.empty()) {
      problems.push_back(fmt::format("contacts: '{}' cannot be told anything: no channel is left",
                                     contact.id.str()));
    }
    roster.recipients.push_back(std::move(recipient));
  }
  return roster;
}

}  // namespace dienstbereit::config
