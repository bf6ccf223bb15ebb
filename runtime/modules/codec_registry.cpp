// The registry of encodings that are written in the language: search functions, found codecs, error handlers.
// It lives in the dict of the module _codecs. The encodings of types/codecs.cpp do not come here.
#include <string>

#include "runtime/modules/codec_registry.h"
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/compare.h"
#include "runtime/support/text.h"
#include "runtime/types/bytes.h"
#include "runtime/types/codec_errors.h"
#include "runtime/types/dict.h"
#include "runtime/types/item_at.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"

namespace lisle::rt {

namespace {

// Lower case, everything that is no letter, digit or point as one '_'.
Str* normalized_name(Runtime& rt, const Str& name) {
  TextBuffer out;
  bool gap = false;
  for (u64 i = 0; i < name.length; ++i) {
    u32 c = name.at(i);
    bool kept = c - '0' < 10 || (c | 32) - 'a' < 26 || c == '.';
    if (!kept) {
      gap = true;
      continue;
    }
    if (gap && out.length() > 0) out.append('_');
    gap = false;
    out.append(c - 'A' < 26 ? c | 32 : c);
  }
  return new_str_from(rt, out);
}

Result unknown_encoding(Runtime& rt, Value name) {
  TextBuffer scratch;
  return raise(rt, TypeId::LookupError, "unknown encoding: %s", str_utf8(to<Str>(name), scratch).data());
}

// Checks what an encoder or decoder returned and yields the converted object.
Result converted(Runtime& rt, Value result, const char* role) {
  Tuple* pair = as<Tuple>(result);
  if (pair == nullptr || pair->size != 2) {
    return raise(rt, TypeId::TypeError, "%s must return a tuple (object, integer)", role);
  }
  return pair->items[0];
}

Result not_a_text_encoding(Runtime& rt, Value name, bool encodes) {
  TextBuffer scratch;
  return raise(rt, TypeId::LookupError,
               "'%.400s' is not a text encoding; use codecs.%s() to handle arbitrary codecs",
               str_utf8(to<Str>(name), scratch).data(), encodes ? "encode" : "decode");
}

Result check_text_result(Runtime& rt, Value name, Value result, bool encodes) {
  if (encodes ? is_bytes(result) : is_str(result)) return result;
  TextBuffer scratch;
  return raise(rt, TypeId::TypeError,
               "'%.400s' %s returned '%.400s' instead of '%s'; use codecs.%s() to %s to arbitrary types",
               str_utf8(to<Str>(name), scratch).data(), encodes ? "encoder" : "decoder",
               type_name(rt, result), encodes ? "bytes" : "str", encodes ? "encode" : "decode",
               encodes ? "encode" : "decode");
}

}  // namespace

Value codec_state(Runtime& rt, std::string_view name) {
  Module* module = as<Module>(dict_get_str(rt, *rt.modules, intern(rt, "_codecs")));
  return module == nullptr ? Value::unbound() : module_get(rt, *module, name);
}

// Registers: name, normalised name, number of the next search function. Yields the codec, a tuple of four.
Result codec_lookup_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[1] = Value::from(normalized_name(rt, *to<Str>(f[0])));
      f[2] = Value::from_int(0);
      if (!is_kind(codec_state(rt, "_search"), Kind::List) ||
          to<List>(codec_state(rt, "_search"))->size == 0) {
        AWAIT(1, call_internal(rt, f, Internal::ImportLoad, {Value::from(intern(rt, "encodings"))}));
      }
      if (Dict* cache = as<Dict>(codec_state(rt, "_cache"))) {
        Value known = dict_get_str(rt, *cache, to<Str>(f[1]));
        if (!known.is_unbound()) return known;
      }
      for (;;) {
        {
          List* search = as<List>(codec_state(rt, "_search"));
          if (search == nullptr || static_cast<u64>(f[2].as_int()) >= search->size)
            return unknown_encoding(rt, f[0]);
          Value function = item_at(search, f[2]);
          f[2] = Value::from_int(f[2].as_int() + 1);
          f.set_step(2);
          r = call(rt, f, function, {f[1]});
          if (!r.is_value()) return r;
        }
        [[fallthrough]];
        case 2:
          if (r.value().is_none()) continue;
          Tuple* codec = as<Tuple>(r.value());
          if (codec == nullptr || codec->size != 4) {
            return raise(rt, TypeId::TypeError, "codec search functions must return 4-tuples");
          }
          if (Dict* cache = as<Dict>(codec_state(rt, "_cache")))
            dict_set_str(rt, *cache, to<Str>(f[1]), r.value());
          return r;
      }
  }
  LISLE_UNREACHABLE();
}

// Registers: object, name, errors or unbound, whether it encodes, whether only text encodings will do, the
// codec.
Result codec_convert_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, call_internal(rt, f, Internal::CodecLookup, {f[1]}));
      f[5] = r.value();
      if (f[4].is_true()) {
        AWAIT(2, get_attr_or_unbound(rt, f, f[5], intern(rt, "_is_text_encoding")));
        if (r.value().is_false()) return not_a_text_encoding(rt, f[1], f[3].is_true());
      }
      if (f[2].is_unbound()) f[2] = Value::from(intern(rt, "strict"));
      AWAIT(3, call(rt, f, to<Tuple>(f[5])->items[f[3].is_true() ? 0 : 1], {f[0], f[2]}));
      r = converted(rt, r.value(), f[3].is_true() ? "encoder" : "decoder");
      if (r.is_raised() || f[4].is_false()) return r;
      return check_text_result(rt, f[1], r.value(), f[3].is_true());
  }
  LISLE_UNREACHABLE();
}

bool has_own_handler(Runtime& rt, Value errors) {
  if (!is_str(errors)) return false;
  TextBuffer scratch;
  if (handler_named(str_utf8(to<Str>(errors), scratch)) != ErrorHandler::kUnknown) return false;
  Dict* handlers = as<Dict>(codec_state(rt, "_errors"));
  return handlers != nullptr && !dict_get_str(rt, *handlers, to<Str>(errors)).is_unbound();
}

// object, encoding, errors, whether it encodes.
Result handler_convert_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, call_internal(rt, f, Internal::ImportLoad, {Value::from(intern(rt, "_codec_handlers"))}));
      AWAIT(2, get_attr(rt, f, r.value(), intern(rt, f[3].is_true() ? "encode" : "decode")));
      return call(rt, f, r.value(), {f[0], f[1], f[2]});
  }
  LISLE_UNREACHABLE();
}

Result handler_convert(Runtime& rt, Frame& f, Value object, Value encoding, Value errors, bool encodes) {
  if (encoding.is_unbound()) encoding = Value::from(intern(rt, "utf-8"));
  return call_internal(rt, f, Internal::HandlerConvert,
                       {object, encoding, errors, Value::from_bool(encodes)});
}

Result codec_convert(Runtime& rt, Frame& f, Value object, Value name, Value errors, bool encodes,
                     bool text_only) {
  return call_internal(rt, f, Internal::CodecConvert,
                       {object, name, errors, Value::from_bool(encodes), Value::from_bool(text_only)});
}

}  // namespace lisle::rt
