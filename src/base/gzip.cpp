// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "base/gzip.h"

#include <zlib.h>

#include "base/assert.h"

namespace dienstbereit {
namespace {

constexpr int kGzipLevel = 6;
constexpr int kGzipWindowBits = 15 + 16;  // 16 asks zlib for the gzip wrapper
constexpr int kGzipMemoryLevel = 8;

}  // namespace

std::string gzip(std::string_view text) {
  z_stream stream{};
  dienstbereit_assert(deflateInit2(&stream, kGzipLevel, Z_DEFLATED, kGzipWindowBits,
                                   kGzipMemoryLevel, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int result = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  dienstbereit_assert(result == Z_STREAM_END);
  return out;
}

}  // namespace dienstbereit
