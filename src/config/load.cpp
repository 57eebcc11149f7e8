// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "config/load.h"

#include "base/hash.h"
#include "config/bundle.h"
#include "config/check/checks.h"
#include "config/compile.h"
#include "config/document.h"
#include "config/interim/interim.h"
#include "config/shapes.h"

namespace dienstbereit::config {
namespace {

// False if a file cannot be read at all: what it defines would then seem to be missing.
bool read_files(const std::vector<SourceFile>& files, Reader& reader, DistrictDraft& draft) {
  bool whole = true;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const auto root = parse_yaml(files[i], static_cast<std::uint16_t>(i), reader.report);
    whole = whole && root.has_value();
    if (!root || root->kind == Node::Kind::Null) continue;
    if (is_form(files[i].name)) {
      FormDraft& form = draft.forms.emplace_back();
      form.mark = root->mark;
      read_shape(reader, *root, form_shape(), &form);
    } else {
      read_shape(reader, *root, district_shape(), &draft);
    }
  }
  return whole;
}

void check(const District& district, const DistrictDraft& draft, Reader& reader) {
  if (!draft.administration_at) {
    reader.report.error(Mark{0, 1, 1}, "the district lacks 'administration:'; add it with 'name' "
                                       "and 'ags' (docs/formats/district.md)");
  }
  check_uses(reader);
  check_keys_of_municipalities(district, reader);
  check_times(district, reader);
  check_loops(district, reader);
  check_recovery(draft, reader);
  warn_of_blind_spots(district, draft, reader);
  warn_of_targets(district, draft, reader);
  check_channels(district, reader);
  check_subscriptions(district, draft, reader);
  check_papers(district, draft, reader);
  check_mail(district, draft, reader);
  check_outposts(district, draft, reader);
  check_homepage(district, draft, reader);
  check_plans(district, draft, reader);
  check_intake(district, draft, reader);
}

Loaded load_files(const std::vector<SourceFile>& files) {
  Report report(files);
  Places places;
  Reader reader{report, places};
  DistrictDraft draft;
  if (!read_files(files, reader, draft)) return Loaded{nullptr, report.take()};
  auto district = std::make_shared<District>(compile(draft, reader));
  check(*district, draft, reader);
  district->text = to_bundle(files);
  district->hash = to_hex(sha256(district->text));
  const bool sound = report.errors() == 0;
  return Loaded{sound ? std::move(district) : nullptr, report.take()};
}

Loaded unreadable(const std::string& name, const Error& error) {
  return Loaded{nullptr, {Diagnostic{name, 0, 0, Severity::Error, error.message}}};
}

}  // namespace

Loaded load_path(const std::filesystem::path& path) {
  auto files = read_sources(path);
  if (!files) return unreadable(path.string(), files.error());
  return load_files(*files);
}

Loaded load_bundle(std::string_view bundle) {
  auto files = parse_bundle(bundle);
  if (!files) return unreadable("bundle", files.error());
  return load_files(*files);
}

Result<std::shared_ptr<const District>> YamlLoader::load(const std::string& bundle) const {
  Loaded loaded = load_bundle(bundle);
  if (loaded.district) return loaded.district;
  return fail(Errc::InvalidInput, to_lines(loaded.diagnostics));
}

}  // namespace dienstbereit::config
