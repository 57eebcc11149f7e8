// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/intake/form.h"

#include "model/names.h"

namespace dienstbereit {
namespace {

constexpr NameTable<FieldType, 10> kTypes{{{FieldType::Text, "text"},
                                           {FieldType::Date, "date"},
                                           {FieldType::Choice, "choice"},
                                           {FieldType::Number, "number"},
                                           {FieldType::Phone, "phone"},
                                           {FieldType::Plate, "plate"},
                                           {FieldType::Vin, "vin"},
                                           {FieldType::Evb, "evb"},
                                           {FieldType::Iban, "iban"},
                                           {FieldType::Month, "month"}}};
constexpr NameTable<HintPart, 4> kParts{{{HintPart::None, ""},
                                         {HintPart::Name, "name"},
                                         {HintPart::BirthDate, "birth_date"},
                                         {HintPart::Vin, "vin"}}};

}  // namespace

const char* name_of(FieldType type) { return find_name(kTypes, type); }
std::optional<FieldType> field_type_of(std::string_view name) { return find_value(kTypes, name); }
const char* name_of(HintPart part) { return find_name(kParts, part); }

}  // namespace dienstbereit
