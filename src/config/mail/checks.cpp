// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// What makes a backup MX useless, or worse than none.
#include <algorithm>

#include <fmt/format.h>

#include "config/check/checks.h"

namespace dienstbereit::config {
namespace {

std::string domain_of(const std::string& address) {
  return address.substr(std::min(address.size(), address.rfind('@') + 1));
}

class MailCheck {
 public:
  MailCheck(const District& district, const DistrictDraft& draft, Reader& reader)
      : district_(district), mail_(draft.mail), at_(*draft.mail_at), reader_(reader) {}

  void run() const {
    check_copies();
    if (mail_.certificate.empty() != mail_.key.empty()) {
      error("'certificate' and 'key' belong together; give both");
    }
    if (mail_.least_free < 2 * mail_.largest_message) {
      error(fmt::format("'least_free' ({} MiB) must be at least twice 'largest_message' ({} MiB)",
                        mail_.least_free, mail_.largest_message));
    }
    if (is_ours(mail_.host, false)) {
      error(fmt::format("'{}' is one of the mail domains; the backup's own name is another",
                        mail_.host));
    }
    warn_of_proofs();
  }

 private:
  void check_copies() const {
    const bool box = !mail_.emergency_mailbox.empty();
    if (box == mail_.function_addresses.empty()) {
      error("'function_addresses' and 'emergency_mailbox' belong together; give both or none");
    }
    for (const std::string& address : mail_.function_addresses) {
      if (!is_ours(domain_of(address), false)) {
        error(fmt::format("'{}' is of none of the mail domains", address));
      }
    }
    if (box && is_ours(domain_of(mail_.emergency_mailbox), true)) {
      error(
          fmt::format("'{}' is of the house: its mail waits with the rest; take a mailbox outside",
                      mail_.emergency_mailbox));
    }
  }

  void warn_of_proofs() const {
    bool proved = false, watched = false;
    for (const ProbeSpec& probe : district_.probes) {
      watched = watched || std::holds_alternative<MailQueueProbe>(probe.action);
      const auto* smtp = std::get_if<SmtpProbe>(&probe.action);
      proved = proved || (smtp != nullptr && !smtp->refuses.empty() &&
                          !smtp->refuses_relay_to.empty() && smtp->target.host != primary());
    }
    if (!proved) {
      warn("no smtp probe proves that the backup takes valid addresses, refuses others and relays "
           "for nobody; add one with 'accepts', 'refuses' and 'refuses_relay_to'");
    }
    if (!watched) warn("no mail_queue probe tells how much mail waits; add one");
    if (mail_.component.empty()) {
      warn("'component' is missing: pages cannot tell whether the primary mail server works");
    }
  }

  const std::string& primary() const { return mail_.primary.host; }

  bool is_ours(const std::string& domain, bool below) const {
    return std::any_of(mail_.domains.begin(), mail_.domains.end(), [&](const std::string& own) {
      return domain == own || (below && domain.ends_with("." + own));
    });
  }

  void error(std::string message) const { reader_.report.error(at_, std::move(message)); }
  void warn(std::string message) const { reader_.report.warning(at_, std::move(message)); }

  const District& district_;
  const BackupMail& mail_;
  Mark at_;
  Reader& reader_;
};

}  // namespace

void check_mail(const District& district, const DistrictDraft& draft, Reader& reader) {
  if (draft.mail_at) MailCheck(district, draft, reader).run();
}

}  // namespace dienstbereit::config
