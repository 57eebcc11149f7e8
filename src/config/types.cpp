// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "config/values.h"

// The names, lines of the reference, and schemas of all types of values.
namespace dienstbereit::config {

const Type kText{"text", "text of at most 2000 bytes", R"({"type":["string","number","boolean"]})"};
const Type kWording{"wording", "German text, or `{de: ..., en: ...}`",
                    R"({"anyOf":[{"type":["string","number"]},{"$ref":"#/$defs/wording_texts"}]})"};
const Type kId{"id", "letters, digits, `. _ -`; at most 40; unique in the district",
               R"({"type":["string","integer"],"pattern":"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$"})"};
const Type kDuration{"duration", "`500 ms`, `30 s`, `5 min`, `4 h`, `1 d`",
                     R"({"type":"string","pattern":"^[0-9]+ ?(ms|s|min|h|d)$"})"};
const Type kCount{"count", "whole number", R"({"type":"integer","minimum":0})"};
const Type kNumber{"number", "number, with a point", R"({"type":"number","minimum":0})"};
const Type kBoolean{"boolean", "`true` or `false`", R"({"type":"boolean"})"};
const Type kHours{"hours", "opening hours ([hours.md](hours.md)), `24/7`", R"({"type":"string"})"};
const Type kNeeds{
    "needs", "a node's id, a [need](#need), or a list of both (all of them)",
    R"({"anyOf":[{"$ref":"#/$defs/node_id"},{"$ref":"#/$defs/need"},)"
    R"({"type":"array","items":{"anyOf":[{"$ref":"#/$defs/node_id"},{"$ref":"#/$defs/need"}]}}]})"};

#define DIENSTBEREIT_REF R"({"$ref":"#/$defs/id"})"
const Type kSiteRef{"site_id", "id of a site", DIENSTBEREIT_REF};
const Type kOfficeRef{"office_id", "id of an office", DIENSTBEREIT_REF};
const Type kServiceRef{"service_id", "id of a service", DIENSTBEREIT_REF};
const Type kNodeRef{"node_id", "id of a component, service or site", DIENSTBEREIT_REF};
const Type kComponentRef{"component_id", "id of a component", DIENSTBEREIT_REF};
const Type kProviderRef{"provider_id", "id of a provider", DIENSTBEREIT_REF};
const Type kUplinkRef{"uplink_id", "id of an uplink", DIENSTBEREIT_REF};
const Type kOutpostRef{"outpost_id", "id of an outpost", DIENSTBEREIT_REF};
#undef DIENSTBEREIT_REF

const Type kKreisAgs{"kreis_ags", "five digits, official key of the Kreis",
                     R"({"type":["string","integer"],"pattern":"^[0-9]{5}$"})"};
const Type kSiteAgs{"site_ags", "eight digits that begin with the Kreis' five",
                    R"({"type":["string","integer"],"pattern":"^[0-9]{8}$"})"};
const Type kLeika{"leika", "14 digits (LeiKa/FIM)",
                  R"({"type":["string","integer"],"pattern":"^[0-9]{14}$"})"};
const Type kTimeZone{"time_zone", "name of the IANA data base: `Europe/Berlin`",
                     R"({"type":"string"})"};
const Type kLand{"land", "`NW`, or `none` for no public holidays", R"({"enum":["NW","none"]})"};
const Type kServiceKind{
    "service_kind",
    "`counter` `desk` `phone` `inbound` `appointment` `outreach` `inspection` (these take the "
    "office's hours), `online` `channel` `payment` `shared` `internal` `statutory` (continuous)",
    R"({"enum":["counter","desk","phone","inbound","appointment","outreach","inspection",)"
    R"("online","channel","payment","shared","internal","statutory"]})"};
const Type kExtent{"extent",
                   "`full` (`voll`), `take_in` (`nur Annahme`), `issue` (`nur Ausgabe`), "
                   "`information` (`Auskunft`)",
                   R"({"enum":["full","take_in","issue","information",)"
                   R"("voll","nur Annahme","nur Ausgabe","Auskunft"]})"};
const Type kOfflineMode{"offline_mode", "`none` `full` `take_in` `from_list` `repeat_list` `refer`",
                        R"({"enum":["none","full","take_in","from_list","repeat_list","refer"]})"};
const Type kUrl{"url", "`http://` or `https://` address without a password",
                R"({"type":"string","pattern":"^https?://"})"};
const Type kEmail{"email", "mail address", R"({"type":"string","pattern":"^[^@ ]+@[^@ ]+$"})"};
const Type kAddress{"address", "numeric IPv4 or IPv6 address", R"({"type":"string"})"};
const Type kEndpoint{"endpoint", "`host:port`; IPv6 as `[::1]:25`", R"({"type":"string"})"};
const Type kProof{"proof", "`works` or `alive`", R"({"enum":["works","alive"]})"};
const Type kSecretName{"secret_name", "name of a file in the credentials folder",
                       R"({"type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$"})"};
const Type kFileName{"file_name", "name of a file beside the district", R"({"type":"string"})"};

}  // namespace dienstbereit::config
