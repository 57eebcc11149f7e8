// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// What must hold for a page as it is shown now. Each check gives its faults as text, none if there
// are none; they run in the page, put in by the debugger: our pages admit no script.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

export const kAxe = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const kTags = [
  'wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'EN-301-549', 'best-practice',
];

// Every rule of axe up to AA, also those that are off by default. What axe cannot decide is a fault
// too.
export async function axe(page) {
  return page.evaluate(async (tags) => {
    const options = { runOnly: tags, resultTypes: ['violations', 'incomplete'] };
    const results = await globalThis.axe.run(options);
    // To axe a picture's text stands on an image: contrast() looks at it instead.
    const drawn = (one, node) =>
      one.id === 'color-contrast' && document.querySelector(node.target[0])?.closest('svg.pic');
    const undecided = results.incomplete
      .map((one) => ({ ...one, nodes: one.nodes.filter((node) => !drawn(one, node)) }))
      .filter((one) => one.nodes.length > 0);
    return [...results.violations, ...undecided].map(
      (one) => `${one.id}: ${one.help} at ${one.nodes.map((node) => node.target).join(', ')}`,
    );
  }, kTags);
}

// Text of pictures against the page, or against the full mark on which it stands: 4.5 to 1
// (WCAG 1.4.3).
export async function contrast(page) {
  return page.evaluate(() => {
    const light = (colour) => {
      const [r, g, b] = colour.match(/[\d.]+/g).map((part) => {
        const share = Number(part) / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = getComputedStyle(document.body).backgroundColor;
    return [...document.querySelectorAll('svg.pic text')].flatMap((text) => {
      const full = text.classList.contains('on');
      const behind = full ? getComputedStyle(text.previousElementSibling).fill : ground;
      const both = [light(getComputedStyle(text).fill), light(behind)];
      const [dark, bright] = both.sort((a, b) => a - b);
      const ratio = (bright + 0.05) / (dark + 0.05);
      return ratio < 4.5 ? [`${text.textContent}: ${ratio.toFixed(1)} to 1`] : [];
    });
  });
}

// Rules that axe() leaves out but for those of level AAA and those that axe has given up.
export async function rulesLeftOut(page) {
  return page.evaluate(
    (tags) =>
      globalThis.axe
        .getRules()
        .filter((rule) => !rule.tags.some((tag) => tags.includes(tag)))
        .filter((rule) => !rule.tags.some((tag) => ['wcag2aaa', 'deprecated'].includes(tag)))
        .map((rule) => rule.ruleId),
    kTags,
  );
}

// Nothing to scroll sideways (WCAG 1.4.10), and no text that runs out of the window, is cut off by
// a box or is covered by other text.
export async function layout(page) {
  return page.evaluate(() => {
    const kSlack = 1; // pixels, for rounding
    const faults = [];
    const room = document.documentElement.clientWidth;
    const wide = document.documentElement.scrollWidth;
    if (wide > room) faults.push(`scrolls sideways: ${wide} > ${room}`);
    const frames = new Map(); // by element: its box if it cuts off what is larger, else null
    const frameOf = (element) => {
      if (!frames.has(element)) {
        const clips = getComputedStyle(element).overflow !== 'visible';
        frames.set(element, clips ? element.getBoundingClientRect() : null);
      }
      return frames.get(element);
    };
    const boxes = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!node.data.trim() || parent.closest('script, style, .skip:not(:focus)')) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const text = node.data.trim().slice(0, 50);
      for (const box of range.getClientRects()) {
        if (box.width === 0) continue;
        if (box.left < -kSlack || box.right > room + kSlack) faults.push(`out of sight: ${text}`);
        for (let above = parent; above !== document.body; above = above.parentElement) {
          const frame = frameOf(above);
          if (frame && (box.right > frame.right + kSlack || box.bottom > frame.bottom + kSlack)) {
            faults.push(`cut off: ${text}`);
          }
        }
        boxes.push({ box, text, node });
      }
    }
    if (boxes.length === 0) faults.push('no text is shown');
    // Glyphs fill about this share of the height that a line of text is given.
    const kGlyphs = 0.6;
    const covers = (one, other) => {
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      return across > kSlack && down > kSlack;
    };
    const glyphs = boxes.map(({ box, text, node }) => {
      const rim = (box.height * (1 - kGlyphs)) / 2;
      const [top, bottom] = [box.top + rim, box.bottom - rim];
      return { left: box.left, right: box.right, top, bottom, text, node };
    });
    glyphs.sort((one, other) => one.top - other.top);
    glyphs.forEach((one, i) => {
      for (let j = i + 1; j < glyphs.length && glyphs[j].top < one.bottom; ++j) {
        const other = glyphs[j];
        if (other.node !== one.node && covers(one, other)) {
          faults.push(`"${one.text}" lies on "${other.text}"`);
        }
      }
    });
    return faults;
  });
}

// Targets of at least 24 by 24 (WCAG 2.5.8), also where a sentence would excuse them.
export async function targets(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('a, summary')]
      .filter((one) => one.className !== 'skip')
      .map((one) => ({ text: one.textContent, box: one.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.height < 24 || box.width < 24))
      .map(({ text, box }) => `${text}: ${box.width} x ${box.height}`),
  );
}

// Unfolds all that can be unfolded.
export async function unfold(page) {
  await page.evaluate(() =>
    document.querySelectorAll('details').forEach((one) => (one.open = true)),
  );
}

// The spacing that readers may set without losing anything (WCAG 1.4.12).
export async function spread(page) {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}' +
        'p{margin-bottom:2em!important}',
    );
    document.adoptedStyleSheets = [sheet];
  });
}
