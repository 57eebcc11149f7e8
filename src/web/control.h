// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "model/ids.h"
#include "model/input.h"
#include "model/outside/publish.h"
#include "web/subscriptions.h"

namespace dienstbereit::web {

class IntakePort;

// One number for /metrics that only the app knows. `name` without the product's prefix:
// "input_queue_length"; counters end in "_total".
struct Gauge {
  std::string name;
  std::string help;
  double value = 0;
};

// What the server asks of the rest of the program besides the engine. Implemented by the app;
// thread-safe; nothing here blocks, long work answers through its callback from any thread.
class Control {
 public:
  virtual ~Control() = default;

  // The current logical time: the scale of Situation::as_of.
  virtual Instant now() const = 0;

  // The token that a heartbeat probe is pushed with; absent for any other id.
  virtual std::optional<std::string> heartbeat_token(const ProbeId& probe) const = 0;
  // A heartbeat with the right token came in. False: the queue is full (answered 503).
  virtual bool heartbeat(const ProbeId& probe) = 0;

  // `what`: the id of a notice or of one of its messages, or the code that a message carries.
  virtual void acknowledge(Actor actor, std::string what, Reply reply) = 0;

  // Reads, checks and loads the district again. The error's message lists the file's problems, one
  // a line; Answer::notes says what was kept.
  virtual void reload(Actor actor, Reply reply) = 0;
  // Writes a backup of the journal to `file`, a path on the server's machine. Answer::notes names
  // what was written.
  virtual void backup(Actor actor, std::string file, Reply reply) = 0;

  // Photos of notes: files outside the journal, named by a random id that the note carries, so that
  // they can be erased. `done` is called once, from any thread; a picture is JPEG or PNG.
  using Kept = std::function<void(Result<std::string>)>;
  virtual void keep_photo(std::string picture, Kept done) = 0;  // its id
  virtual void find_photo(const std::string& id, Kept done) = 0;  // the picture
  virtual void erase_photo(const std::string& id, Kept done) = 0;  // nothing

  // What people report of barriers (web/feedback.h), kept the same way.
  using Entry = std::pair<std::string, std::string>;  // id, what was kept
  virtual void keep_feedback(std::string feedback, Kept done) = 0;
  virtual void list_feedback(std::function<void(std::vector<Entry>)> done) = 0;  // oldest first
  virtual void erase_feedback(const std::string& id, Kept done) = 0;

  virtual Subscriptions& subscriptions() = 0;

  // What is written for the hour when nothing else works (docs/operating/handbook.md), for the
  // operator to take along: `site` empty: the packs of all sites. `done` is called once, from any
  // thread; the files of the handbook are open, those of packs are sealed.
  using Papers = std::function<void(Result<std::vector<StaticFile>>)>;
  virtual void make_handbook(Papers done) = 0;
  virtual void make_packs(const SiteId& site, Papers done) = 0;
  // What of it is missing or old, a sentence each.
  virtual std::vector<Wording> papers_due() const = 0;

  // The homepage meanwhile, as it is now; absent if the district has none.
  virtual std::optional<HomepageFigures> homepage() const = 0;
  // Begins to copy it; `anew`: however small it has become.
  virtual Result<void> fetch_homepage(bool anew) = 0;
  // Removes all but the newest copies; what came of it as a sentence.
  virtual void prune_homepage(unsigned keep, Kept done) = 0;

  // Emergency intake; null where there is none. Outlives the server.
  virtual IntakePort* intake() const { return nullptr; }

  virtual std::vector<Gauge> gauges() const = 0;
  // What operators must know of this machine itself: a disk that fills up.
  virtual std::optional<Wording> warning() const = 0;
};

}  // namespace dienstbereit::web
