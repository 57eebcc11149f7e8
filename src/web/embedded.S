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
embed style, "pages/style.css"
embed operate_style, "operate/operate.css"
embed icon, "pages/icon.svg"
embed openapi, "openapi.json"
.section .note.GNU-stack,"",@progbits
