// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace dienstbereit::web::operate {

// A QR code as an SVG path of unit squares on a field of `side` by `side`, quiet zone included.
struct QrCode {
  std::size_t side = 0;
  std::string path;
};
// Nothing if the text is too long for a code.
std::optional<QrCode> qr_code(const std::string& text);

}  // namespace dienstbereit::web::operate
