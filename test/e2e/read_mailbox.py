#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Dienstbereit developers
# SPDX-License-Identifier: EUPL-1.2
"""read_mailbox.py PORT USER...: the Message-ID of each message in their INBOXes, one a line."""
import imaplib
import sys

for user in sys.argv[2:]:
    box = imaplib.IMAP4("127.0.0.1", int(sys.argv[1]))
    box.login(user, "geheim")
    _, count = box.select("INBOX", readonly=True)
    if int(count[0]) > 0:
        _, answers = box.fetch("1:*", "(BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])")
        for answer in answers:
            if isinstance(answer, tuple):
                print(answer[1].decode().partition(":")[2].strip())
    box.logout()
