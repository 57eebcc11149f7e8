// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "config/bundle.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include <fmt/format.h>

#include "base/file.h"
#include "base/text.h"
#include "config/limits.h"

namespace dienstbereit::config {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFirstLine = "# dienstbereit bundle 1\n";
constexpr std::string_view kFileMark = "# file ";
constexpr const char* kDistrictFolder = "district";
constexpr const char* kFormsFolder = "forms";
constexpr std::string_view kFormsPrefix = "forms/";
constexpr std::size_t kLongestName = 255;

bool valid_name(std::string_view name) {
  if (name.starts_with(kFormsPrefix)) name.remove_prefix(kFormsPrefix.size());
  return !name.empty() && name.size() <= kLongestName && is_utf8(name) &&
         name.find_first_of("/\n\r\t") == std::string_view::npos;
}

tl::unexpected<Error> broken(std::string_view what) {
  return fail(Errc::InvalidInput, fmt::format("this is no bundle of a district: {}; write one with "
                                              "this program (docs/formats/district.md)",
                                              what));
}

// Takes one file off the front of `rest`.
Result<SourceFile> take_file(std::string_view& rest) {
  if (!rest.starts_with(kFileMark)) return broken("a '# file' line is missing");
  rest.remove_prefix(kFileMark.size());
  const auto line_end = rest.find('\n');
  if (line_end == std::string_view::npos) return broken("a '# file' line does not end");
  const std::string_view line = rest.substr(0, line_end);
  rest.remove_prefix(line_end + 1);
  const auto blank = line.find(' ');
  std::size_t length = 0;
  const auto digits = line.substr(0, blank);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
  if (blank == std::string_view::npos || error != std::errc() ||
      end != digits.data() + digits.size() || !valid_name(line.substr(blank + 1))) {
    return broken("a '# file' line lacks length or name");
  }
  if (length >= rest.size() || rest[length] != '\n') return broken("a file is cut off");
  SourceFile file{std::string(line.substr(blank + 1)), std::string(rest.substr(0, length))};
  rest.remove_prefix(length + 1);
  return file;
}

// Sorted; an empty folder has none.
Result<std::vector<fs::path>> yaml_files_of(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> paths;
  fs::directory_iterator at(folder, error);
  for (; !error && at != fs::directory_iterator(); at.increment(error)) {
    const fs::path& path = at->path();
    const bool hidden = path.filename().string().starts_with('.');
    if (hidden || path.extension() != ".yaml") continue;
    if (paths.size() >= kMostFiles) {
      return fail(Errc::LimitExceeded, fmt::format("{}: more than {} *.yaml files; join some",
                                                   folder.string(), kMostFiles));
    }
    paths.push_back(path);
  }
  if (error) {
    return fail(Errc::Io,
                fmt::format("{}: the folder cannot be read: {}", folder.string(), error.message()));
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace

bool is_form(std::string_view name) { return name.starts_with(kFormsPrefix); }

std::string to_bundle(const std::vector<SourceFile>& files) {
  std::string bundle(kFirstLine);
  for (const SourceFile& file : files) {
    bundle += fmt::format("{}{} {}\n", kFileMark, file.text.size(), file.name);
    bundle += file.text;
    bundle += '\n';
  }
  return bundle;
}

Result<std::vector<SourceFile>> parse_bundle(std::string_view bundle) {
  if (bundle.size() > kLargestBundle) {
    return fail(Errc::LimitExceeded,
                fmt::format("a district's source is larger than {} bytes", kLargestBundle));
  }
  if (!bundle.starts_with(kFirstLine)) return broken("its first line is another");
  std::string_view rest = bundle.substr(kFirstLine.size());
  std::vector<SourceFile> files;
  while (!rest.empty()) {
    if (files.size() >= kMostFiles) return broken(fmt::format("more than {} files", kMostFiles));
    auto file = take_file(rest);
    if (!file) return tl::unexpected(file.error());
    files.push_back(std::move(*file));
  }
  if (files.empty()) return broken("it holds no file");
  return files;
}

Result<std::vector<SourceFile>> read_sources(const fs::path& path) {
  std::error_code error;
  std::vector<fs::path> paths{path};
  std::size_t first_form = std::numeric_limits<std::size_t>::max();
  if (fs::is_directory(path, error)) {
    const bool inside = fs::is_directory(path / kDistrictFolder, error);
    const fs::path folder = inside ? path / kDistrictFolder : path;
    auto found = yaml_files_of(folder);
    if (!found) return tl::unexpected(found.error());
    if (found->empty()) {
      return fail(Errc::NotFound, fmt::format("{}: no *.yaml file in this folder; name the folder "
                                              "of a district, or run 'dienstbereit init'",
                                              folder.string()));
    }
    paths = std::move(*found);
    if (fs::is_directory(folder / kFormsFolder, error)) {
      auto forms = yaml_files_of(folder / kFormsFolder);
      if (!forms) return tl::unexpected(forms.error());
      paths.insert(paths.end(), forms->begin(), forms->end());
      first_form = paths.size() - forms->size();
    }
  }
  std::vector<SourceFile> files;
  std::size_t total = 0;
  if (paths.size() > kMostFiles) {
    return fail(Errc::LimitExceeded,
                fmt::format("{}: more than {} *.yaml files; join some", path.string(), kMostFiles));
  }
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const fs::path& one = paths[i];
    auto text = read_file(one, kLargestFile);
    if (!text) return tl::unexpected(text.error());
    total += text->size() + one.filename().string().size() + kFirstLine.size() + kFileMark.size();
    if (total > kLargestBundle) {
      return fail(Errc::LimitExceeded, fmt::format("{}: the files are larger than {} bytes "
                                                   "together",
                                                   path.string(), kLargestBundle));
    }
    const std::string name = one.filename().string();
    files.push_back(
        SourceFile{i < first_form ? name : std::string(kFormsPrefix) + name, std::move(*text)});
  }
  return files;
}

}  // namespace dienstbereit::config
