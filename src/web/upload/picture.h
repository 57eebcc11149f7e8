// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dienstbereit::web {

// A photo as it is kept and shown. Only JPEG and PNG: what every browser shows, and what telephones
// send where a form asks for it.
inline constexpr std::size_t kPictureBytesMax = 10u << 20;

// The picture without what telephones write into it besides: place, device, owner, thumbnail (JPEG:
// every APP segment but JFIF's, and comments; PNG: every chunk that is not needed to draw it).
// Nothing for what is neither, is cut off, or passes kPictureBytesMax.
std::optional<std::string> bare_picture(std::string_view bytes);

bool is_png(std::string_view picture);

}  // namespace dienstbereit::web
