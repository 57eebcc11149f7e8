// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/pictures/why_chain.h"

#include <algorithm>

namespace dienstbereit::web::pictures {
namespace {

constexpr double kPadding = 10;
constexpr double kArrow = 34;
constexpr double kArrowAt = 26;  // from the left
constexpr double kArrowHead = 6;
constexpr double kBesideArrow = 14;
constexpr double kWidest = 560;
constexpr std::size_t kNameLines = 3;
constexpr std::size_t kSaidLines = 4;  // of one sentence

struct LinkLayout {
  std::vector<std::string> name;
  std::vector<std::string> state;
  std::vector<std::string> said;
  double height = 0;
};

LinkLayout layout_of(const ChainLink& link, double width) {
  const double room = width - 2 * kPadding;
  LinkLayout layout;
  layout.name = wrapped(link.name, room, kStrong, kNameLines);
  if (!link.state.empty()) layout.state = wrapped(link.state, room, kText, kNameLines);
  for (const std::string& sentence : link.said) {
    for (std::string& line : wrapped(sentence, room, kSmall, kSaidLines)) {
      layout.said.push_back(std::move(line));
    }
  }
  layout.height = 2 * kPadding + line_height(kStrong) * static_cast<double>(layout.name.size()) +
                  line_height(kText) * static_cast<double>(layout.state.size()) +
                  line_height(kSmall) * static_cast<double>(layout.said.size());
  return layout;
}

double draw_lines(Canvas& canvas, const std::vector<std::string>& lines, double top,
                  const Font& font) {
  for (const std::string& line : lines) {
    canvas.text({1 + kPadding, top + ascent(font)}, Anchor::Start, line, font);
    top += line_height(font);
  }
  return top;
}

void draw_frame(Canvas& canvas, const Box& box, LinkState look) {
  switch (look) {
    case LinkState::Works:
      return canvas.box(box, "link works");
    case LinkState::Degraded:
      return canvas.box(box, "link degraded");
    case LinkState::Down:
      return canvas.box(box, "link down");
    case LinkState::Unknown:
      return canvas.box(box, "link unknown");
    case LinkState::None:
      return canvas.box(box, "link");
  }
}

void draw_arrow(Canvas& canvas, double top, const std::string& need) {
  const double tip = top + kArrow;
  canvas.line({kArrowAt, top}, {kArrowAt, tip - 1}, "arrow");
  canvas.path({{kArrowAt - kArrowHead, tip - kArrowHead - 1},
               {kArrowAt, tip - 1},
               {kArrowAt + kArrowHead, tip - kArrowHead - 1}},
              "arrow");
  const double left = kArrowAt + kBesideArrow;
  canvas.text({left, top + kArrow / 2 + kSmall.size * 0.36}, Anchor::Start,
              fitted(need, canvas.width() - left - kRim, kSmall), kSmall);
}

}  // namespace

void draw_chain(Html& html, const WhyChain& chain) {
  for (const Density density : kDensities) {
    const double width = std::min(width_for(density) - 2, kWidest);
    std::vector<LinkLayout> links;
    double height = 2;
    for (const ChainLink& link : chain.links) {
      links.push_back(layout_of(link, width));
      height += links.back().height + (links.size() > 1 ? kArrow : 0);
    }
    Canvas canvas(html, {chain.id, chain.title, chain.description, height}, density);
    double top = 1;
    for (std::size_t i = 0; i < links.size(); ++i) {
      draw_frame(canvas, {1, top, width, links[i].height}, chain.links[i].look);
      double y = draw_lines(canvas, links[i].name, top + kPadding, kStrong);
      y = draw_lines(canvas, links[i].state, y, kText);
      draw_lines(canvas, links[i].said, y, kSmall);
      top += links[i].height;
      if (i + 1 == links.size()) break;
      draw_arrow(canvas, top, chain.links[i].need);
      top += kArrow;
    }
  }
}

}  // namespace dienstbereit::web::pictures
