// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "config/schema.h"

#include <functional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "config/shapes.h"
#include "config/values.h"

namespace dienstbereit::config {
namespace {

using nlohmann::ordered_json;

// Every shape that can be reached from the top, once, in the order of the keys.
std::vector<const Shape*> all_shapes() {
  std::vector<const Shape*> shapes;
  const std::function<void(const Shape&)> visit = [&](const Shape& shape) {
    for (const Shape* known : shapes) {
      if (known == &shape) return;
    }
    shapes.push_back(&shape);
    for (const Key& key : shape.keys) {
      if (key.shape != nullptr) visit(key.shape());
    }
  };
  visit(district_shape());
  visit(need_shape());
  visit(wording_shape());
  for (const Shape* probe : probe_shapes()) visit(*probe);
  for (const Shape* target : publish_shapes()) visit(*target);
  visit(form_shape());
  return shapes;
}

ordered_json reference_to(const char* name) { return {{"$ref", fmt::format("#/$defs/{}", name)}}; }

ordered_json many(ordered_json one) { return {{"type", "array"}, {"items", std::move(one)}}; }

ordered_json any_of(std::vector<ordered_json> choices) { return {{"anyOf", std::move(choices)}}; }

ordered_json map_to(ordered_json value) {
  return {{"type", "object"}, {"additionalProperties", std::move(value)}};
}

ordered_json value_schema(const Key& key) {
  const ordered_json type = key.type ? reference_to(key.type->name) : ordered_json();
  const ordered_json shape = key.shape ? reference_to(key.shape().name) : ordered_json();
  switch (key.form) {
    case Form::One:
      return key.shape ? shape : type;
    case Form::OneOrList:
      return any_of({type, many(type)});
    case Form::List:
      return many(shape);
    case Form::ShortOrMap:
      return any_of({type, shape});
    case Form::Values:
      return map_to(type);
    case Form::Places: {
      const ordered_json id = reference_to("id");
      return any_of({id, many(id), map_to(any_of({type, shape, {{"type", "null"}}}))});
    }
  }
  return {};
}

ordered_json shape_schema(const Shape& shape) {
  ordered_json properties = ordered_json::object();
  ordered_json required = ordered_json::array();
  for (const Key& key : shape.keys) {
    ordered_json value = value_schema(key);
    if (shape.kind != nullptr && std::string_view(key.name) == "kind") {
      value = {{"const", shape.kind}};
    }
    value["description"] = key.meaning;
    properties[key.name] = std::move(value);
    if (key.required) required.push_back(key.name);
  }
  ordered_json schema{
      {"type", "object"}, {"additionalProperties", false}, {"properties", std::move(properties)}};
  if (!required.empty()) schema["required"] = std::move(required);
  return schema;
}

ordered_json any_shape(const std::vector<const Shape*>& shapes) {
  ordered_json all = ordered_json::array();
  for (const Shape* shape : shapes) all.push_back(reference_to(shape->name));
  return {{"anyOf", std::move(all)}};
}

void add_type(ordered_json& definitions, const Type& type) {
  definitions[type.name] = ordered_json::parse(type.schema);
}

std::string link_to(const Shape& shape) { return fmt::format("[{0}](#{0})", shape.name); }

std::string value_text(const Key& key) {
  const std::string type = key.type ? key.type->text : "";
  const std::string shape = key.shape ? link_to(key.shape()) : "";
  switch (key.form) {
    case Form::One:
      return key.shape ? shape : type;
    case Form::OneOrList:
      return type + "; or a list";
    case Form::List:
      return "list of " + shape;
    case Form::ShortOrMap:
      return type + "; or " + shape;
    case Form::Values:
      return "map to " + type;
    case Form::Places:
      return fmt::format("list of site ids; or map from site id to {}, or to {}", type, shape);
  }
  return {};
}

std::string shape_text(const Shape& shape) {
  std::string text = fmt::format("### {}\n\n", shape.name);
  if (*shape.intro != '\0') text += fmt::format("{}\n\n", shape.intro);
  text += "| key | value | meaning |\n|---|---|---|\n";
  for (const Key& key : shape.keys) {
    const std::string value = shape.kind != nullptr && std::string_view(key.name) == "kind"
                                  ? fmt::format("`{}`", shape.kind)
                                  : value_text(key);
    text += fmt::format("| `{}`{} | {} | {} |\n", key.name, key.required ? " (required)" : "",
                        value, key.meaning);
  }
  return text + "\n";
}

}  // namespace

std::string key_reference() {
  std::string text;
  for (const Shape* shape : all_shapes()) text += shape_text(*shape);
  return text;
}

std::string json_schema() {
  ordered_json definitions = ordered_json::object();
  add_type(definitions, kId);
  add_type(definitions, kNeeds);
  definitions["probe"] = any_shape(probe_shapes());
  definitions["publish"] = any_shape(publish_shapes());
  definitions[kNodeRef.name] = reference_to(kId.name);
  for (const Shape* shape : all_shapes()) {
    for (const Key& key : shape->keys) {
      if (key.type != nullptr) add_type(definitions, *key.type);
    }
    if (shape != &district_shape()) definitions[shape->name] = shape_schema(*shape);
  }
  ordered_json schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                      {"title", "A district of Dienstbereit"}};
  schema.update(shape_schema(district_shape()));
  schema["$defs"] = std::move(definitions);
  return schema.dump(2) + "\n";
}

}  // namespace dienstbereit::config
