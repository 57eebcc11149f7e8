// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/telling/roster.h"

namespace dienstbereit::config {

// Who is told, with names and addresses: personal data, in a file of its own that never enters the
// journal (docs/formats/contacts.md).
struct Contact {
  RecipientId id;
  std::string name;
  std::string mail;
  std::string mobile;
  std::vector<std::string> channels;  // ids, in the order to try
  bool incidents = true;
  bool places = false;
  bool questions = false;
  bool german = true;
  bool english = true;
  unsigned level = 0;
  std::optional<OpeningHours> hours;  // on call; absent: always
};

struct ContactBook {
  Duration escalate_after = kEscalateAfter;
  Duration gather_for = kGatherFor;
  std::vector<Contact> contacts;

  const Contact* find(const RecipientId& id) const;
};

inline constexpr std::size_t kLargestContacts = 1u << 20;  // bytes

// The file must be closed to others (mode 0600 or 0640). NotFound: there is none; Denied: others
// may read it; InvalidInput: its problems, one a line. Blocks on the disk.
Result<ContactBook> load_contacts(const std::filesystem::path& path);
Result<ContactBook> parse_contacts(const std::string& name, std::string text);

// The roster for a district: of each contact the channels that exist there and that it has an
// address for. `problems` gets a sentence for each that is left out.
Roster roster_of(const ContactBook& book, const District& district,
                 std::vector<std::string>& problems);

}  // namespace dienstbereit::config
