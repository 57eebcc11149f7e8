// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string_view>

namespace dienstbereit::web {

// The one style sheet of all pages (style.css), without comments and indentation.
std::string_view style_sheet();

// The Content-Security-Policy field line of pages: only our style, by its hash, and our icon.
const char* page_security_policy();
// The same of the one public page with a form.
const char* form_page_security_policy();

// The same for the operators' desk: forms may go to where they came from.
std::string_view operate_style_sheet();
const char* operate_security_policy();

// /favicon.svg
std::string_view icon();

// /api/v1/openapi.json, as it stands in openapi.json.
std::string_view openapi_document();

}  // namespace dienstbereit::web
