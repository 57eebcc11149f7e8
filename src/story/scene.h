// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "story/house.h"
#include "story/story.h"
#include "view/pages.h"

namespace dienstbereit::story {

// What is to be seen in the house at one moment: what pages, record and messages say. Short-lived.
class Scene {
 public:
  // Both outlive it. `now` is civil.
  Scene(const Situation& situation, Instant now, const std::vector<House::Captured>& captured)
      : situation_(situation), now_(now), captured_(captured) {}

  struct Look {
    bool holds = false;
    std::string seen;  // what there is of the subject, for people
  };
  Look look(const Want& want) const;

 private:
  using Facts = std::vector<std::pair<std::string, std::string>>;

  // The things that a want may mean, each with its facts.
  std::vector<Facts> candidates(const Want& want) const;
  void add_headline(std::vector<Facts>& all) const;
  void add_place(const Want& want, std::vector<Facts>& all) const;
  void add_service(const Want& want, std::vector<Facts>& all) const;
  void add_incidents(const Want& want, std::vector<Facts>& all) const;
  void add_parts(const Want& want, std::vector<Facts>& all) const;
  void add_forecasts(const Want& want, std::vector<Facts>& all) const;
  void add_proposals(const Want& want, std::vector<Facts>& all) const;
  void add_decisions(const Want& want, std::vector<Facts>& all) const;
  void add_statements(const Want& want, std::vector<Facts>& all) const;
  void add_draft(const Want& want, std::vector<Facts>& all) const;
  void add_messages(const Want& want, std::vector<Facts>& all) const;
  const view::Overview& overview() const;

  const Situation& situation_;
  Instant now_;
  const std::vector<House::Captured>& captured_;
  mutable std::optional<view::Overview> overview_;  // made when first asked for
};

}  // namespace dienstbereit::story
