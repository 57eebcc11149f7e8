// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/operate/accounts/qr.h"

#include <memory>

#include <fmt/format.h>
#include <qrencode.h>

namespace dienstbereit::web::operate {
namespace {

constexpr int kQuietZone = 4;  // modules of white around it, as ISO 18004 asks for

struct Free {
  void operator()(QRcode* code) const { QRcode_free(code); }
};

}  // namespace

std::optional<QrCode> qr_code(const std::string& text) {
  const std::unique_ptr<QRcode, Free> code(
      QRcode_encodeString(text.c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, 1));
  if (!code) return std::nullopt;
  QrCode out;
  out.side = static_cast<std::size_t>(code->width + 2 * kQuietZone);
  for (int y = 0; y < code->width; ++y) {
    for (int x = 0; x < code->width; ++x) {
      const bool dark = (code->data[y * code->width + x] & 1) != 0;
      if (dark) out.path += fmt::format("M{} {}h1v1h-1z", x + kQuietZone, y + kQuietZone);
    }
  }
  return out;
}

}  // namespace dienstbereit::web::operate
