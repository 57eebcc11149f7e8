# SPDX-FileCopyrightText: 2026 The Dienstbereit developers
# SPDX-License-Identifier: EUPL-1.2
"""Reads a feed as feed readers do (Debian's python3-feedparser) and prints what it found as JSON.

read_feed.py FILE CONTENT-TYPE
"""
import json
import sys

import feedparser


def main():
    path, content_type = sys.argv[1:]
    with open(path, "rb") as file:
        found = feedparser.parse(file.read(), response_headers={"content-type": content_type})
    entries = [{"id": entry.get("id", ""), "title": entry.get("title", ""),
                "link": entry.get("link", ""), "dated": entry.get("published_parsed") is not None,
                "text": entry.get("summary") or entry.content[0].value} for entry in found.entries]
    print(json.dumps({
        "well_formed": not found.bozo, "fault": str(found.get("bozo_exception", "")),
        "version": found.version, "title": found.feed.get("title", ""),
        "language": found.feed.get("language", "") or found.feed.get("title_detail", {}).get(
            "language"), "link": found.feed.get("link", ""), "entries": entries}))


main()
