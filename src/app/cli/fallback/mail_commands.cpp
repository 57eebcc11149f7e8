// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <poll.h>

#include <charconv>
#include <fstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/fallback/mail_cli.h"
#include "base/file.h"
#include "base/text.h"
#include "config/load.h"
#include "fallback/mail/check.h"
#include "fallback/mail/directory.h"
#include "fallback/mail/flush.h"
#include "fallback/mail/log.h"
#include "fallback/mail/main_cf.h"
#include "fallback/mail/plan.h"
#include "fallback/mail/queue.h"
#include "fallback/mail/recipients.h"
#include "runtime/clock.h"
#include "words/mail.h"

namespace dienstbereit::app {
namespace {

namespace mail = fallback::mail;
namespace fs = std::filesystem;

constexpr std::size_t kLargestAppend = 1u << 20;  // bytes of settings of one's own
constexpr std::size_t kChunk = 1u << 20;          // bytes of a log read at once
constexpr const char* kBefore = "relay_recipients.before";

words::Language language_of(const MailOptions& options) {
  return options.german ? words::Language::De : words::Language::En;
}

Result<BackupMail> mail_of(const fs::path& path) {
  const config::Loaded loaded = config::load_path(path);
  if (!loaded.district)
    return fail(Errc::InvalidInput, std::string(trim(config::to_lines(loaded.diagnostics))));
  if (loaded.district->mail) return *loaded.district->mail;
  return fail(
      Errc::InvalidInput,
      fmt::format("{} has no 'mail:' section; docs/operating/mail.md shows one", path.string()));
}

// Whether mail is held by the plan that lies there; false: none does. A main.cf of somebody else's
// is never written over.
Result<bool> held_by_ours(const fs::path& folder) {
  std::error_code ec;
  if (!fs::exists(folder / mail::kMainFile, ec)) return false;
  const auto text = read_file(folder / mail::kMainFile, mail::kLargestPostfixFile);
  if (!text) return tl::unexpected(text.error());
  if (text->starts_with(mail::kPlanHead)) return mail::is_held(*text);
  return fail(Errc::Conflict,
              fmt::format("{} is not of our writing; move it away first, and master.cf with it",
                          (folder / mail::kMainFile).string()));
}

Result<std::string> own_settings(const fs::path& file) {
  auto own = read_file(file, kLargestAppend);
  if (!own || !mail::parse_settings(*own).contains(mail::kHoldSetting)) return own;
  return fail(Errc::InvalidInput,
              fmt::format("{} sets {}, which 'mail hold' and 'mail release' set; leave it out",
                          file.string(), mail::kHoldSetting));
}

// A list that is there already is kept: it is newer than what the district knows.
Result<void> write_plan(const fs::path& folder, const std::vector<mail::PlanFile>& files) {
  for (const mail::PlanFile& file : files) {
    const fs::path path = folder / file.name;
    std::error_code ec;
    if (file.name == mail::kRecipientsFile && fs::exists(path, ec)) continue;
    fs::create_directories(path.parent_path(), ec);
    if (ec) {
      return fail(Errc::Io, fmt::format("cannot make the folder {}: {}",
                                        path.parent_path().string(), ec.message()));
    }
    if (auto written = write_file(path, file.text); !written) return written;
    fs::permissions(path, fs::perms(0644), ec);
  }
  return {};
}

std::vector<std::string> keys_of(const fs::path& file) {
  std::vector<std::string> keys;
  const auto text = read_file(file, mail::kLargestPostfixFile);
  if (!text) return keys;
  for (const auto& [key, value] : mail::parse_table(*text)) keys.push_back(key);
  return keys;
}

Result<mail::RecipientList> fetch(const MailOptions& options,
                                  const std::set<std::string>& domains) {
  const bool directory = options.from.starts_with("ldap://") ||
                         options.from.starts_with("ldaps://") ||
                         options.from.starts_with("ldapi://");
  if (!directory) {
    const auto text = read_file(options.from, mail::kLargestList);
    if (!text) return tl::unexpected(text.error());
    return mail::parse_list(*text, domains);
  }
  const auto url = mail::parse_ldap_url(options.from);
  if (!url) return tl::unexpected(url.error());
  const runtime::Credentials credentials(options.credentials);
  const auto ldif = mail::ask_directory(*url, {options.bind, options.credential}, credentials);
  if (!ldif) return tl::unexpected(ldif.error());
  return mail::parse_ldif(*ldif, domains);
}

// The name of the source without what may be a login.
std::string shown_source(const std::string& from) {
  const auto query = from.find('?');
  std::string plain = clean(from.substr(0, query), 120);
  for (char& c : plain) c = c == '\n' ? ' ' : c;
  return plain;
}

Result<void> replace_list(const fs::path& folder, const std::string& table) {
  const fs::path list = folder / mail::kRecipientsFile;
  std::error_code ec;
  fs::remove(folder / kBefore, ec);
  if (fs::exists(list, ec)) fs::copy_file(list, folder / kBefore, ec);
  if (ec) {
    return fail(Errc::Io, fmt::format("cannot keep the last list as {}: {}",
                                      (folder / kBefore).string(), ec.message()));
  }
  return write_file(list, table);
}

Result<unsigned> rate_of(const std::string& text) {
  unsigned number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  const std::string_view unit(stop, end);
  if (error == std::errc() && (unit.empty() || unit == "/min")) return number;
  return fail(Errc::InvalidInput,
              fmt::format("'{}' is no rate; write it like 600/min", clean(text, 40)));
}

Result<void> feed_file(mail::MailLog& log, const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file || !fs::is_regular_file(path)) {
    return fail(Errc::Io, fmt::format("cannot read the log {}", path.string()));
  }
  std::vector<char> chunk(kChunk);
  bool first = true;
  while (file.read(chunk.data(), static_cast<std::streamsize>(chunk.size())) || file.gcount() > 0) {
    const std::string_view piece(chunk.data(), static_cast<std::size_t>(file.gcount()));
    if (first && piece.starts_with("\x1f\x8b")) {
      return fail(Errc::InvalidInput,
                  fmt::format("{} is compressed; unpack it first (zcat)", path.string()));
    }
    first = false;
    log.feed(piece);
  }
  return {};
}

nlohmann::ordered_json to_json(const mail::LogSum& sum) {
  return {{"accepted", sum.accepted}, {"delivered", sum.delivered}, {"lost", sum.lost()},
          {"open", sum.open},         {"bounced", sum.bounced},     {"expired", sum.expired},
          {"deleted", sum.deleted},   {"missing", sum.missing},     {"unreadable", sum.unreadable}};
}

void print_parts(const mail::LogSum& sum) {
  const std::pair<const char*, std::uint64_t> parts[] = {
      {"open: wait in the queue", sum.open},
      {"lost: sent back to the sender", sum.bounced},
      {"lost: sent back since they waited too long", sum.expired},
      {"lost: deleted by hand", sum.deleted},
      {"lost: neither delivered nor in the queue", sum.missing},
      {"lines of the log without a time, or too long", sum.unreadable}};
  for (const auto& [text, number] : parts) {
    if (number > 0) fmt::print("  {:>8}  {}\n", number, text);
  }
}

// Postfix writes its log a moment after the fact: what seems to be missing is looked for again
// before anybody is told that it is lost.
Result<mail::LogSum> read_logs(const std::vector<fs::path>& files, const mail::LogOptions& options,
                               const std::set<std::string>* waiting, Instant seen) {
  constexpr int kBetweenLooksMs = 1000;
  for (int left = 3;; --left) {
    mail::MailLog log(options);
    for (const fs::path& file : files) {
      if (auto fed = feed_file(log, file); !fed) return tl::unexpected(fed.error());
    }
    const mail::LogSum sum = log.sum(waiting, seen);
    if (sum.missing == 0 || left == 0) return sum;
    ::poll(nullptr, 0, kBetweenLooksMs);
  }
}

}  // namespace

int mail_plan(const MailOptions& options) {
  const auto section = mail_of(options.district);
  if (!section) return complain(section.error());
  mail::PlanOptions plan{fs::absolute(options.folder).lexically_normal(), {}};
  if (!options.append.empty()) {
    auto own = own_settings(options.append);
    if (!own) return complain(own.error());
    plan.own = std::move(*own);
  }
  if (plan.folder.string().find_first_of(" \t\n,") != std::string::npos) {
    return complain(
        Error(Errc::InvalidInput, "Postfix cannot name a folder with spaces or commas"));
  }
  const auto held = held_by_ours(plan.folder);
  if (!held) return complain(held.error());
  plan.held = *held;
  if (auto written = write_plan(plan.folder, mail::make_plan(*section, plan)); !written) {
    return complain(written.error());
  }
  fmt::print("{0} is written. Next: dienstbereit mail recipients {0} --from ...; dienstbereit mail "
             "check {0}; postfix -c {0} reload\n"
             "What the primary has to know of it is in {0}/primary.\n",
             plan.folder.string());
  if (plan.held) fmt::print("Mail for the primary is held as before ('dienstbereit mail hold').\n");
  return kExitOk;
}

int mail_check(const MailOptions& options) {
  const auto findings = mail::check_backup(fs::absolute(options.folder).lexically_normal());
  if (!findings) return complain(findings.error());
  std::size_t problems = 0;
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const mail::Finding& one : *findings) {
    problems += one.problem ? 1 : 0;
    list.push_back({{"severity", one.problem ? "error" : "warning"}, {"message", one.text}});
    if (!options.json) fmt::print("{}: {}\n", one.problem ? "error" : "warning", one.text);
  }
  if (options.json) {
    const nlohmann::ordered_json out{{"ok", problems == 0}, {"problems", list}};
    fmt::print("{}\n", out.dump(2));
  } else {
    fmt::print("{}: {}\n", options.folder.string(),
               problems == 0 ? "a sound backup MX" : fmt::format("{} problems", problems));
  }
  return problems == 0 ? kExitOk : kExitFailed;
}

int mail_recipients(const MailOptions& options) {
  const auto domain_list = mail::relay_domains(options.folder);
  if (domain_list.empty()) {
    return complain(Error(Errc::NotFound,
                          fmt::format("{} has no list of mail domains; 'dienstbereit mail plan' "
                                      "writes it",
                                      options.folder.string())));
  }
  const std::set<std::string> domains(domain_list.begin(), domain_list.end());
  const auto fresh = fetch(options, domains);
  if (!fresh) return complain(fresh.error());
  const auto before = keys_of(options.folder / mail::kRecipientsFile);
  const std::string doubt = mail::doubt_about(fresh->addresses, {before.begin(), before.end()},
                                              keys_of(options.folder / mail::kCopiesFile));
  if (!doubt.empty() && !options.accept) {
    return complain(
        Error(Errc::Conflict,
              fmt::format("the list stays as it is: {} If it is right, say --accept", doubt)));
  }
  const std::string table = mail::to_table(fresh->addresses, shown_source(options.from),
                                           to_rfc3339(runtime::Clock::wall()));
  if (auto written = replace_list(options.folder, table); !written) {
    return complain(written.error());
  }
  fmt::print("{} addresses ({} before); passed over: {} of other domains, {} that are none. Next: "
             "postfix -c {} reload\n",
             fresh->addresses.size(), before.size(), fresh->foreign, fresh->unreadable,
             options.folder.string());
  return kExitOk;
}

int mail_queue(const MailOptions& options) {
  const auto queue = mail::read_queue(options.config, mail::relay_domains(options.config));
  if (!queue) return complain(queue.error());
  const auto free = mail::free_bytes(options.config);
  if (!free) return complain(free.error());
  const MailQueueReport report{runtime::Clock::wall(), queue->backlog, queue->held, *free};
  if (!options.output.empty()) {
    if (auto written = write_file(options.output, to_json(report)); !written) {
      return complain(written.error());
    }
  }
  const MailBacklog& backlog = queue->backlog;
  const std::string oldest = backlog.oldest ? to_rfc3339(*backlog.oldest) : "";
  if (options.json) {
    const nlohmann::ordered_json out{{"waiting", backlog.waiting},     {"oldest", oldest},
                                     {"bytes", backlog.bytes},         {"held", queue->held},
                                     {"domains", queue->domains},      {"free_bytes", *free},
                                     {"unreadable", queue->unreadable}};
    fmt::print("{}\n", out.dump(2));
    return kExitOk;
  }
  fmt::print("{} messages wait, {} bytes{}{}\n", backlog.waiting, backlog.bytes,
             oldest.empty() ? "" : ", the oldest since ", oldest);
  for (const auto& [domain, count] : queue->domains) fmt::print("  {:>8}  {}\n", count, domain);
  if (queue->held > 0) {
    fmt::print("{} of them are on hold by hand; 'postsuper -c {} -H ALL' lets them go\n",
               queue->held, options.config.string());
  }
  fmt::print("{} MiB of disk are free\n", *free >> 20);
  return kExitOk;
}

int mail_hold(const MailOptions& options, bool hold) {
  if (auto done = mail::hold_back(options.config, hold); !done) return complain(done.error());
  fmt::print("{}\n",
             hold ? "mail for the primary waits from now on; 'dienstbereit mail flush' hands "
                    "it over"
                  : "mail goes to the primary by itself again");
  return kExitOk;
}

int mail_flush(const MailOptions& options) {
  const auto rate = rate_of(options.rate);
  if (!rate) return complain(rate.error());
  mail::FlushOptions flush;
  flush.config = options.config;
  flush.per_minute = *rate;
  const auto sum = mail::flush(flush, [](const mail::FlushSum& now) {
    fmt::print(stderr, "{} handed over, {} wait\n", now.released, now.left);
  });
  if (!sum) return complain(sum.error());
  fmt::print("{} messages were handed to the primary; {} wait", sum->released, sum->left);
  if (sum->on_hold > 0) fmt::print(", {} of them on hold by hand", sum->on_hold);
  fmt::print("\n");
  if (!sum->stopped.empty()) {
    fmt::print("{}\nRun it again when the primary takes mail: it goes on with what is left.\n",
               sum->stopped);
  }
  return sum->left == 0 ? kExitOk : kExitFailed;
}

int mail_report(const MailOptions& options) {
  const auto zone = TimeZone::find(options.zone.empty() ? "Europe/Berlin" : options.zone);
  if (!zone) return complain(zone.error());
  const auto domains = mail::relay_domains(options.config);
  mail::LogOptions log_options{mail::primary_of(options.config),
                               {domains.begin(), domains.end()},
                               Instant(),
                               runtime::Clock::wall(),
                               *zone};
  if (!options.since.empty()) {
    const auto since = parse_rfc3339(options.since);
    if (!since) return complain(since.error());
    log_options.since = *since;
  }
  // The queue first: what leaves it meanwhile stands in the log as delivered.
  const Instant seen = runtime::Clock::wall();
  const auto queue = mail::read_queue(options.config, {});
  std::set<std::string> waiting;
  if (queue) {
    for (const QueuedMail& one : queue->messages) waiting.insert(one.id);
  } else {
    fmt::print(stderr,
               "dienstbereit: the queue could not be read, so what is open is not proved: "
               "{}\n",
               queue.error().message);
  }
  const auto read = read_logs(options.logs, log_options, queue ? &waiting : nullptr, seen);
  if (!read) return complain(read.error());
  const mail::LogSum& sum = *read;
  const std::string sentence =
      words::mail_sum(language_of(options), sum.accepted, sum.delivered, sum.lost());
  if (options.json) {
    auto out = to_json(sum);
    out["sentence"] = sentence;
    fmt::print("{}\n", out.dump(2));
  } else {
    fmt::print("{}\n", sentence);
    print_parts(sum);
  }
  if (sum.cut) {
    return complain(Error(Errc::LimitExceeded,
                          fmt::format("the logs hold more than {} messages; report a shorter time",
                                      mail::kMostLogged)));
  }
  return sum.lost() == 0 ? kExitOk : kExitFailed;
}

}  // namespace dienstbereit::app
