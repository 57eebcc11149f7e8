// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "model/record/events.h"
#include "model/situation.h"
#include "web/control.h"
#include "web/gatekeeper.h"
#include "web/operate/frame.h"
#include "web/operate/visit.h"
#include "web/request.h"
#include "web/response.h"

namespace dienstbereit::web::operate {

// "/operate" and everything under it.
bool is_operate(std::string_view path);

// The name of the cookie that holds a session, and its longest value. It goes to the whole host:
// the back office's page asks the API with it.
std::string_view session_cookie(bool tls);
inline constexpr std::size_t kCookieBytesMax = 100;

class Desk;
using Handler = Outcome (*)(const Desk& desk, const Visit& visit);

// One page or form of the desk. A pattern that ends in '/' (but "/operate/" itself) takes the rest
// of the path.
struct Route {
  Method method;
  std::string_view pattern;
  std::optional<Role> needs;  // nothing: also who has not logged in
  Handler handler;
  std::string_view menu = {};  // key of its name in the menu; empty: not there
};
// The table into which every operator page is plugged; in the order of the menu.
std::span<const Route> routes();

// The operators' pages. What every request must pass stands in answer(): TLS or this machine, the
// session, the role, and for a POST the origin and the form's token. One thread, but what submit()
// hands on.
class Desk {
 public:
  // All of it outlives the desk.
  Desk(bool tls, InputSink& sink, Control& control, Gatekeeper& gatekeeper);

  void show(std::shared_ptr<const Situation> situation) { situation_ = std::move(situation); }
  // A photo, from somebody who has logged in; told by the header alone.
  bool may_upload(const Request& header) const;
  Outcome answer(const Request& request, const std::string& path) const;

  // ---- for handlers; any thread
  Gatekeeper& gatekeeper() const { return gatekeeper_; }
  InputSink& sink() const { return sink_; }
  Control& control() const { return control_; }
  bool tls() const { return tls_; }
  Response page(const Visit& visit, const Sheet& sheet, int status = 200) const;
  // 303; `token`: the session's from now on, "" ends it.
  Response redirect(const Visit& visit, std::string_view to,
                    const std::optional<std::string>& token = std::nullopt) const;
  // Asks the accounts; `then` gets answers and refusals, machine errors become a page.
  using Then = std::function<Response(const Visit& visit, const AccountAnswer& answer)>;
  Deferred submit(AccountCommand command, const Visit& visit, Then then) const;
  // Asks the engine. `then` gets its answer, `again` shows the form as it was filled in.
  using Answered = std::function<Response(const Visit& visit, const Answer& answer)>;
  using Again = std::function<Response(const Visit& visit, Notice notice, int status)>;
  Deferred command(Command command, const Visit& visit, Answered then, Again again) const;
  // Writes into the record, all of it or nothing, if the visitor may write each of the changes
  // (may_write); then to the path `to`, where "{id}" stands for the id of the last thing written.
  Outcome write(std::vector<RecordEvent> changes, const Visit& visit, std::string to,
                Again again) const;
  // An address under this desk as this visitor calls it, for one-time links.
  std::string address(const Visit& visit, std::string_view path) const;

 private:
  std::optional<Visit> visit_of(const Request& request, const std::string& path) const;
  Outcome handle(const Route& route, Visit visit, const Request& request) const;
  Response plain(const Request& request, int status, std::string_view title_key,
                 std::string_view text_key) const;
  Response refuse(const Visit& visit, int status, std::string_view title_key,
                  std::string_view text_key) const;
  Surroundings surroundings(const Visit& visit) const;
  std::string cookie(std::string_view token) const;
  std::string_view cookie_name() const { return session_cookie(tls_); }

  bool tls_;
  InputSink& sink_;
  Control& control_;
  Gatekeeper& gatekeeper_;
  std::shared_ptr<const Situation> situation_;
};

// "operate.refusal.wrong_login" as a notice.
Notice refusal_notice(const Visit& visit, Refusal refusal);
int status_of(Refusal refusal);
// What the engine refused, in the visitor's language, with its own words as the detail.
Notice error_notice(const Visit& visit, const Error& error);

}  // namespace dienstbereit::web::operate
