// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/outside/feeds.h"

#include <array>
#include <initializer_list>

#include <date/date.h>
#include <fmt/format.h>

#include "base/hash.h"
#include "base/markup.h"
#include "web/outside/statuspage.h"
#include "web/pages/html.h"
#include "web/pages/parts.h"

namespace dienstbereit::web {
namespace {

using words::Language;

// A UUID of the version for hashes of one's own choice (RFC 9562, 5.8).
std::string urn_of(std::string_view text) {
  Digest digest = sha256(text);
  digest[6] = static_cast<std::uint8_t>((digest[6] & 0x0f) | 0x80);
  digest[8] = static_cast<std::uint8_t>((digest[8] & 0x3f) | 0x80);
  const std::string hex = to_hex(digest);
  return fmt::format("urn:uuid:{}-{}-{}-{}-{}", hex.substr(0, 8), hex.substr(8, 4),
                     hex.substr(12, 4), hex.substr(16, 4), hex.substr(20, 12));
}

// "Mon, 23 Nov 2026 07:10:00 GMT" (RFC 822, as RSS wants it).
std::string to_rfc822(Instant t) {
  const date::sys_seconds seconds(std::chrono::floor<std::chrono::seconds>(t.time_since_epoch()));
  return date::format("%a, %d %b %Y %T GMT", seconds);
}

struct Entry {
  std::string id;
  std::string title;
  std::string body;
  std::string link;
  Instant at;
  Language language = Language::De;  // of the title
};

// Where a reader finds more, without the leading slash.
std::string page_of(const view::PublicUpdate& update, Language language) {
  if (!update.word) return home_path(language).substr(1);
  const Scope& scope = update.word->scope;
  if (!scope.office.empty()) return office_path(language, scope.office).substr(1);
  if (!scope.site.empty()) return site_path(language, scope.site).substr(1);
  return home_path(language).substr(1);
}

class Feed {
 public:
  Feed(const FeedName& name, const view::Overview& overview, const view::PublicHistory& history)
      : name_(name),
        overview_(overview),
        base_(base_address(*overview.stamp.district)),
        own_(base_ + feed_path(name.form, name.language).substr(1)),
        title_(words::marked(name.language, overview.stamp.exercise,
                             words::feed_title(name.language, overview.name))) {
    const District& district = *overview.stamp.district;
    for (const view::PublicUpdate& update : history.updates) {
      // Said as at its own time: "today" stays the day it was written on.
      const words::Voice voice(name.language, district, update.at);
      const words::Phrase title = words::title_of(voice, update);
      entries_.push_back({urn_of(district.administration.id + "/update/" + update.id),
                          words::marked(title.language, overview.stamp.exercise, title.text),
                          words::plain(words::body_of(voice, update)),
                          base_ + page_of(update, name.language), update.at, title.language});
    }
  }

  std::string atom() {
    out_ = fmt::format("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"{}\" "
                       "xml:lang=\"{}\">",
                       "http://www.w3.org/2005/Atom", words::code_of(name_.language));
    leaf("id", urn_of(overview_.stamp.district->administration.id + "/feed/" +
                      words::code_of(name_.language)));
    leaf("title", title_);
    leaf("subtitle", words::label(name_.language, "web.feed.subtitle"));
    leaf("updated", to_rfc3339(newest()));
    link("self", own_, "application/atom+xml");
    link("alternate", base_ + home_path(name_.language).substr(1), "text/html");
    out_ += "<author>";
    leaf("name", words::say(overview_.name, name_.language).text);
    out_ += "</author>";
    for (const Entry& entry : entries_) {
      out_ += fmt::format("<entry xml:lang=\"{}\">", words::code_of(entry.language));
      leaf("id", entry.id);
      leaf("title", entry.title);
      leaf("published", to_rfc3339(entry.at));
      leaf("updated", to_rfc3339(entry.at));
      link("alternate", entry.link, "text/html");
      out_ += "<content type=\"text\">";
      append_escaped(out_, entry.body);
      out_ += "</content></entry>";
    }
    out_ += "</feed>\n";
    return std::move(out_);
  }

  std::string rss() {
    out_ = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\" "
           "xmlns:atom=\"http://www.w3.org/2005/Atom\"><channel>";
    leaf("title", title_);
    leaf("link", base_ + home_path(name_.language).substr(1));
    leaf("description", words::label(name_.language, "web.feed.subtitle"));
    leaf("language", words::code_of(name_.language));
    leaf("lastBuildDate", to_rfc822(newest()));
    out_ += "<atom:link rel=\"self\" type=\"application/rss+xml\" href=\"";
    append_escaped(out_, own_);
    out_ += "\"/>";
    for (const Entry& entry : entries_) {
      out_ += "<item>";
      leaf("title", entry.title);
      leaf("link", entry.link);
      leaf("description", entry.body);
      out_ += "<guid isPermaLink=\"false\">" + entry.id + "</guid>";
      leaf("pubDate", to_rfc822(entry.at));
      out_ += "</item>";
    }
    out_ += "</channel></rss>\n";
    return std::move(out_);
  }

 private:
  // Of a feed without entries: since when there is nothing to tell.
  Instant newest() const {
    return entries_.empty() ? overview_.stamp.started_at : entries_.front().at;
  }
  void leaf(std::string_view tag, std::string_view content) {
    out_ += fmt::format("<{}>", tag);
    append_escaped(out_, content);
    out_ += fmt::format("</{}>", tag);
  }
  void link(std::string_view relation, std::string_view address, std::string_view type) {
    out_ += fmt::format("<link rel=\"{}\" type=\"{}\" href=\"", relation, type);
    append_escaped(out_, address);
    out_ += "\"/>";
  }

  FeedName name_;
  const view::Overview& overview_;
  std::string base_;
  std::string own_;
  std::string title_;
  std::vector<Entry> entries_;  // newest first
  std::string out_;
};

}  // namespace

std::string feed_path(FeedForm form, Language language) {
  return fmt::format("{}feed/{}.xml", home_path(language), form == FeedForm::Atom ? "atom" : "rss");
}

std::optional<FeedName> feed_at(std::string_view path) {
  for (const FeedForm form : {FeedForm::Atom, FeedForm::Rss}) {
    for (const Language language : {Language::De, Language::En}) {
      if (feed_path(form, language) == path) return FeedName{form, language};
    }
  }
  return std::nullopt;
}

std::string feed(const FeedName& name, const view::Overview& overview,
                 const view::PublicHistory& history) {
  Feed made(name, overview, history);
  return name.form == FeedForm::Atom ? made.atom() : made.rss();
}

}  // namespace dienstbereit::web
