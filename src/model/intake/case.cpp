// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/intake/case.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/base64.h"
#include "base/hash.h"
#include "base/text.h"
#include "model/codec.h"

namespace dienstbereit {
namespace {

using codec::Json;

constexpr const char* kFirstLine = "dienstbereit-intake-1";
constexpr std::size_t kIdDigits = 32;
constexpr std::size_t kHintDigits = 32;
constexpr std::size_t kKeyIdDigits = 16;
constexpr std::size_t kSignatureBytes = 64;
constexpr std::size_t kNameBytesMax = 40;  // ids of forms, services, originals
constexpr std::size_t kReceiptBytesMax = 80;
constexpr std::size_t kSealOverhead = 48;  // of libsodium's sealed box: less is no box at all
constexpr std::uint64_t kSequenceMax = 9'999'999;

bool is_hex(std::string_view text, std::size_t digits) {
  return text.size() == digits && text.find_first_not_of("0123456789abcdef") == text.npos;
}

// The form of ids in a district; nothing that could break the signed lines.
bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= kNameBytesMax &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  c == '.' || c == '_' || c == '-';
         });
}

// Reads known fields; the first that is wrong is named, its value never: it is a citizen's case.
class Fields {
 public:
  explicit Fields(const Json& json) : json_(json) {}

  std::string text(const char* key) {
    const Json* found = find(key);
    if (found && found->is_string()) return found->get<std::string>();
    refuse(key);
    return {};
  }
  std::string text(const char* key, bool (*fits)(std::string_view)) {
    std::string value = text(key);
    if (!fits(value)) refuse(key);
    return value;
  }
  std::uint64_t number(const char* key, std::uint64_t most) {
    const Json* found = find(key);
    if (found && found->is_number_unsigned() && found->get<std::uint64_t>() <= most) {
      return found->get<std::uint64_t>();
    }
    refuse(key);
    return 0;
  }
  std::string bytes(const char* key, std::size_t least, std::size_t most) {
    auto value = from_base64(text(key));
    if (value && value->size() >= least && value->size() <= most) return std::move(*value);
    refuse(key);
    return {};
  }
  std::vector<std::string> names(const char* key) {
    std::vector<std::string> all;
    const Json* found = find(key);
    if (!found || !found->is_array() || found->size() > kOriginalsMax) {
      refuse(key);
      return all;
    }
    for (const Json& item : *found) {
      if (!item.is_string() || !is_name(item.get_ref<const std::string&>())) {
        refuse(key);
        return {};
      }
      all.push_back(item.get<std::string>());
    }
    return all;
  }
  void refuse(const char* key) {
    if (wrong_.empty()) wrong_ = key;
  }
  const std::string& wrong() const { return wrong_; }

 private:
  const Json* find(const char* key) const {
    const auto found = json_.find(key);
    return found == json_.end() ? nullptr : &*found;
  }

  const Json& json_;
  std::string wrong_;
};

// "2026-11-26T07:10:00Z" and nothing else.
bool is_whole_second(std::string_view time) {
  constexpr std::string_view kShape = "0000-00-00T00:00:00Z";
  if (time.size() != kShape.size()) return false;
  for (std::size_t i = 0; i < time.size(); ++i) {
    const bool digit = time[i] >= '0' && time[i] <= '9';
    if (kShape[i] == '0' ? !digit : time[i] != kShape[i]) return false;
  }
  return true;
}

Result<IntakeRecord> read_record(const Json& json) {
  Fields f(json);
  IntakeRecord r;
  r.device = DeviceId(f.text("device", is_name));
  r.sequence = f.number("sequence", kSequenceMax);
  if (r.sequence == 0) f.refuse("sequence");
  r.id = IntakeId(f.text("id", [](auto text) { return is_hex(text, kIdDigits); }));
  r.form = f.text("form", is_name);
  r.form_version = f.number("form_version", kSequenceMax);
  r.office = OfficeId(f.text("office", is_name));
  r.service = ServiceId(f.text("service", is_name));
  r.receipt = f.text("receipt", [](auto text) { return text.size() <= kReceiptBytesMax; });
  r.recorded_at = f.text("recorded_at", is_whole_second);
  const auto recorded = parse_rfc3339(r.recorded_at);
  if (recorded) r.recorded = *recorded;
  if (!recorded) f.refuse("recorded_at");
  r.key_id = f.text("key_id", [](auto text) { return is_hex(text, kKeyIdDigits); });
  const std::string urgency = f.text("urgency");
  if (urgency == name_of(Urgency::Urgent)) r.urgency = Urgency::Urgent;
  if (urgency != name_of(r.urgency)) f.refuse("urgency");
  r.originals = f.names("originals");
  r.hint = f.text("hint", [](auto text) { return text.empty() || is_hex(text, kHintDigits); });
  r.sealed = f.bytes("sealed", kSealOverhead, kSealedBytesMax);
  r.signature = f.bytes("signature", kSignatureBytes, kSignatureBytes);
  if (f.wrong().empty()) return r;
  return fail(Errc::InvalidInput, fmt::format("'{}' of the record is missing or of a wrong form; "
                                              "docs/formats/intake.md says which",
                                              f.wrong()));
}

std::uint64_t sequence_in(const Json& json) {
  const auto found = json.find("sequence");
  return found != json.end() && found->is_number_unsigned() ? found->get<std::uint64_t>() : 0;
}

}  // namespace

std::string signed_text(const IntakeRecord& r) {
  return fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}", kFirstLine,
                     r.device.str(), r.sequence, r.id.str(), r.form, r.form_version, r.office.str(),
                     r.service.str(), r.receipt, r.recorded_at, r.key_id, name_of(r.urgency),
                     join(r.originals, ","), r.hint, to_hex(sha256(r.sealed)));
}

std::string digest_of(const IntakeRecord& record) { return to_hex(sha256(signed_text(record))); }

std::string key_id_of(std::string_view public_key) {
  return to_hex(sha256(public_key)).substr(0, kKeyIdDigits);
}

Result<std::vector<UploadItem>> parse_upload(std::string_view body) {
  if (body.size() > kUploadBytesMax) {
    return fail(Errc::LimitExceeded,
                fmt::format("the body is larger than {} bytes; send fewer records at once",
                            kUploadBytesMax));
  }
  const auto json = codec::parse_bounded(body);
  const auto found = json && json->is_object() ? json->find("records") : Json::const_iterator();
  if (!json || !json->is_object() || found == json->end() || !found->is_array()) {
    return fail(Errc::InvalidInput, "the body is not {\"records\": [...]}");
  }
  if (found->size() > kRecordsAtOnceMax) {
    return fail(Errc::LimitExceeded,
                fmt::format("more than {} records at once; send fewer", kRecordsAtOnceMax));
  }
  std::vector<UploadItem> items;
  for (const Json& one : *found) {
    if (!one.is_object()) {
      items.push_back({0, fail(Errc::InvalidInput, "a record is a JSON object")});
    } else {
      items.push_back({sequence_in(one), read_record(one)});
    }
  }
  return items;
}

}  // namespace dienstbereit
