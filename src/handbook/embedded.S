/* SPDX-FileCopyrightText: 2026 The Dienstbereit developers */
/* SPDX-License-Identifier: EUPL-1.2 */
.section .rodata
.macro embed name, file
.global dienstbereit_\name
.global dienstbereit_\name\()_end
dienstbereit_\name:
.incbin "\file"
dienstbereit_\name\()_end:
.byte 0
.endm
embed papers_style, "papers.css"
embed unseal, "unseal.js"
.section .note.GNU-stack,"",@progbits
