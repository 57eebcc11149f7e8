/* SPDX-FileCopyrightText: 2026 The Dienstbereit developers */
/* SPDX-License-Identifier: EUPL-1.2 */
.section .rodata
.global dienstbereit_first_estimates
.global dienstbereit_first_estimates_end
dienstbereit_first_estimates:
.incbin "first_estimates.csv"
dienstbereit_first_estimates_end:
.byte 0
.section .note.GNU-stack,"",@progbits
