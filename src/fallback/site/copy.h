// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/outside/homepage.h"

namespace dienstbereit::fallback::site {

// A file of a copy as it is served.
struct CopyFile {
  std::string path;  // below the folder of the copy
  std::uint64_t size = 0;
  const char* type = "";   // media type; pages carry their charset in themselves
  bool page = false;
  std::string etag;  // with its quotes
};

// The files of one host of a copy, by the addresses that readers ask for. An address is looked up
// whole: what is not in the list cannot be asked for. Immutable.
class CopyIndex {
 public:
  // `roots`: the hosts whose files stand at the root, the first before the others. Links and
  // special files are passed over. Fails if the folder cannot be read or holds more than
  // `most_files`.
  static Result<CopyIndex> read(const std::filesystem::path& folder, std::vector<std::string> roots,
                                std::size_t most_files);

  // `path` decoded, begins with '/'; `query` decoded, without '?'. Null if there is none. Files
  // that are no pages are found without their query too: it only tells browsers of a new version.
  const CopyFile* find(std::string_view path, std::string_view query) const;
  // "/amt" is a folder there: the browser has to be sent to "/amt/", for relative links.
  bool is_folder(std::string_view path) const;

  std::size_t files() const { return files_.size(); }
  std::uint64_t bytes() const { return bytes_; }
  const std::vector<std::string>& roots() const { return roots_; }
  const std::vector<std::unique_ptr<const CopyFile>>& all() const { return files_; }

 private:
  void add(const std::filesystem::path& folder, std::string path, std::uint64_t size,
           std::int64_t changed);
  const CopyFile* at(std::string_view key) const;

  const CopyFile* find_in(const std::string& key, const std::string& query) const;

  std::vector<std::string> roots_;
  std::vector<std::unique_ptr<const CopyFile>> files_;
  std::map<std::string, const CopyFile*, std::less<>> by_address_;
  std::uint64_t bytes_ = 0;
};

// The finished copies: one folder each, "2026-11-26T0200", and the link "current" to the one that
// is served. What is still being made has another name and is never served.
class Copies {
 public:
  explicit Copies(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // Makes the folder and removes what a start before left half-made.
  Result<void> open() const;
  std::vector<HomepageCopy> list() const;  // newest first
  std::string current() const;  // empty: there is none
  std::filesystem::path path_of(const std::string& copy) const { return folder_ / copy; }

  // A new folder to fetch into, with the name the copy will have.
  struct Draft {
    std::string name;
    std::filesystem::path folder;
  };
  Result<Draft> begin(const std::string& name) const;
  // The draft is whole: on the disk before it gets its name, then current.
  Result<void> finish(const Draft& draft, const HomepageCopy& facts) const;
  void drop(const Draft& draft) const;
  // Removes all but the newest `keep`, never the current one; how many went.
  std::size_t prune(std::size_t keep) const;

 private:
  Result<void> make_current(const std::string& copy) const;

  std::filesystem::path folder_;
};

// Below a copy's folder: what was fetched, one folder a host.
inline constexpr const char* kSiteFolder = "site";

}  // namespace dienstbereit::fallback::site
