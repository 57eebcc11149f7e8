// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/outside/homepage.h"

#include "model/names.h"

namespace dienstbereit {
namespace {

constexpr NameTable<SiteMode, 3> kModes{
    {{SiteMode::Mirror, "mirror"}, {SiteMode::Dark, "dark"}, {SiteMode::Off, "off"}}};

}  // namespace

const char* name_of(SiteMode mode) { return find_name(kModes, mode); }
std::optional<SiteMode> site_mode_of(std::string_view name) { return find_value(kModes, name); }

}  // namespace dienstbereit
