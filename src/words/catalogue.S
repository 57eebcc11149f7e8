/* SPDX-FileCopyrightText: 2026 The Dienstbereit developers */
/* SPDX-License-Identifier: EUPL-1.2 */
.section .rodata
.global dienstbereit_catalogue_de
.global dienstbereit_catalogue_de_end
dienstbereit_catalogue_de:
.incbin "catalogue/de.json"
dienstbereit_catalogue_de_end:
.byte 0
.global dienstbereit_catalogue_en
.global dienstbereit_catalogue_en_end
dienstbereit_catalogue_en:
.incbin "catalogue/en.json"
dienstbereit_catalogue_en_end:
.byte 0
.global dienstbereit_errors_de
.global dienstbereit_errors_de_end
dienstbereit_errors_de:
.incbin "catalogue/errors.de.json"
dienstbereit_errors_de_end:
.byte 0
.section .note.GNU-stack,"",@progbits
