// BaseException and the classes of exceptions.def: constructors, attributes, text. Exception groups are in
// exception_group.cpp, printing of uncaught exceptions in print_exception.cpp.
#include "runtime/builtins/exceptions.h"

#include <string>

#include "runtime/protocols/attribute.h"
#include "runtime/protocols/convert.h"
#include "runtime/protocols/iterate.h"
#include "runtime/types/bytes.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/exception.h"
#include "runtime/types/instance.h"
#include "runtime/types/int.h"

namespace lisle::rt {

namespace {

// OSError takes its arguments in __new__, unless only __init__ is overridden: then that is given what the
// class was called with, and may hand on something else.
bool takes_in_init(const Type* type) {
  Value make = type->special(Special::New);
  if (auto* wrapper = as<Wrapper>(make)) make = wrapper->callable;
  return !is_kind(type->special(Special::Init), Kind::Native) && is_kind(make, Kind::Native);
}

}  // namespace

Result allocate_exception(Runtime& rt, Type* type, Tuple* args) {
  if (type == rt.type(TypeId::OSError) && args->size >= 2 && args->size <= 5 && args->items[0].is_int())
    type = rt.type(os_error_class(static_cast<int>(args->items[0].as_int())));
  Exception* e = new_exception_of(rt, type, args);
  if (exception_family(type) == TypeId::OSError && !takes_in_init(type)) TRY(init_exception(rt, *e));
  return Value::from(e);
}

namespace {

Exception& self_of(Frame& f) {
  return *to<Exception>(f[0]);
}
bool is_exception(Value v) {
  return is_kind(v, Kind::Exception);
}

Result text(Runtime& rt, const std::string& s) {
  return Value::from(new_str(rt, s));
}

// --- construction
// -------------------------------------------------------------------------------------------------------

Result exception_new(Runtime& rt, Frame& f) {
  return allocate_exception(rt, to<Type>(f[0]), to<Tuple>(f[1]));
}

// Keyword arguments that a class takes as members; the number of names used.
Result take_keywords(Runtime& rt, Exception& e, Dict* keywords) {
  struct Member {
    const char* name;
    u8 index;
  };
  constexpr Member kImport[] = {{"name", kImportName}, {"path", kImportPath}};
  constexpr Member kAttribute[] = {{"name", kErrorName}, {"obj", kErrorObject}};
  constexpr Member kName[] = {{"name", kErrorName}};
  std::span<const Member> members;
  Type* type = rt.shapes[e.shape]->type;
  switch (exception_family(type)) {
    case TypeId::ImportError:
      members = kImport;
      break;
    case TypeId::AttributeError:
      members = kAttribute;
      break;
    case TypeId::NameError:
      members = kName;
      break;
    default:
      if (keywords->used == 0) return Result::none();
      return raise(rt, TypeId::TypeError, "%s() takes no keyword arguments", str_chars(rt, type->name));
  }
  for (const Member& m : members) e.extra[m.index] = Value::none();
  u64 position = 0;
  Value key, value;
  while (dict_next(*keywords, position, key, value)) {
    bool known = false;
    for (const Member& m : members) {
      if (!str_equals(to<Str>(key), m.name)) continue;
      e.extra[m.index] = value;
      known = true;
    }
    if (!known)
      return raise(rt, TypeId::TypeError, "'%s' is an invalid keyword argument for %s()",
                   str_chars(rt, to<Str>(key)), str_chars(rt, type->name));
  }
  return Result::none();
}

Result exception_init(Runtime& rt, Frame& f) {
  Exception& e = self_of(f);
  const Type* type = type_of(rt, f[0]);
  if (exception_family(type) == TypeId::OSError && !takes_in_init(type)) {
    bool own_new = is_kind(type->special(Special::New), Kind::Wrapper);
    return own_new ? Result::none() : take_keywords(rt, e, to<Dict>(f[2]));
  }
  e.args = to<Tuple>(f[1]);
  rt.heap.wrote(&e);
  TRY(take_keywords(rt, e, to<Dict>(f[2])));
  return init_exception(rt, e);
}

// --- text
// ---------------------------------------------------------------------------------------------------------------

Result exception_str(Runtime& rt, Frame& f) {
  const Tuple* args = self_of(f).args;
  if (args->size == 0) return Value::from(rt.names.empty);
  if (args->size == 1) return to_str(rt, f, args->items[0]);
  return to_repr(rt, f, Value::from(args));
}

Result key_error_str(Runtime& rt, Frame& f) {
  const Tuple* args = self_of(f).args;
  return args->size == 1 ? to_repr(rt, f, args->items[0]) : exception_str(rt, f);
}

Result exception_repr(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (self_of(f).args->size == 1) {
        AWAIT(1, to_repr(rt, f, self_of(f).args->items[0]));
        return text(rt, std::string(type_name(rt, f[0])) + "(" + utf8_of(to<Str>(r.value())) + ")");
      }
      AWAIT(2, to_repr(rt, f, Value::from(self_of(f).args)));
      return text(rt, std::string(type_name(rt, f[0])) + utf8_of(to<Str>(r.value())));
  }
  LISLE_UNREACHABLE();
}

// [Errno 2] No such file or directory: 'a' -> 'b'. f: self, text so far.
Result os_error_str(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (self_of(f).extra[kErrno].is_none() && self_of(f).extra[kStrerror].is_none()) {
        f.set_step(5);
        return exception_str(rt, f);
      }
      AWAIT(1, to_str(rt, f, self_of(f).extra[kErrno]));
      f[1] = TRY(text(rt, "[Errno " + utf8_of(to<Str>(r.value())) + "] "));
      AWAIT(2, to_str(rt, f, self_of(f).extra[kStrerror]));
      f[1] = TRY(str_concat(rt, to<Str>(f[1]), to<Str>(r.value())));
      if (self_of(f).extra[kFilename].is_none()) return f[1];
      AWAIT(3, to_repr(rt, f, self_of(f).extra[kFilename]));
      f[1] = TRY(text(rt, utf8_of(to<Str>(f[1])) + ": " + utf8_of(to<Str>(r.value()))));
      if (self_of(f).extra[kFilename2].is_none()) return f[1];
      AWAIT(4, to_repr(rt, f, self_of(f).extra[kFilename2]));
      return text(rt, utf8_of(to<Str>(f[1])) + " -> " + utf8_of(to<Str>(r.value())));
    case 5:
      return r;
  }
  LISLE_UNREACHABLE();
}

std::string base_name(const std::string& path) {
  size_t slash = path.rfind('/');
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

// f: self.
Result syntax_error_str(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0: {
      AWAIT(1, to_str(rt, f, self_of(f).extra[kSyntaxMsg]));
      const Exception& e = self_of(f);
      std::string message = utf8_of(to<Str>(r.value()));
      bool has_file = is_str(e.extra[kSyntaxFilename]), has_line = e.extra[kSyntaxLine].is_int();
      if (!has_file && !has_line) return r;
      message += " (";
      if (has_file) message += base_name(utf8_of(to<Str>(e.extra[kSyntaxFilename])));
      if (has_line)
        message +=
            std::string(has_file ? ", line " : "line ") + std::to_string(e.extra[kSyntaxLine].as_int());
      return text(rt, message + ")");
    }
  }
  LISLE_UNREACHABLE();
}

Result import_error_str(Runtime& rt, Frame& f) {
  Value msg = self_of(f).extra[kImportMsg];
  return is_str(msg) ? Result(msg) : exception_str(rt, f);
}

std::string hex(u32 value, int digits) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  for (int i = digits - 1; i >= 0; --i) out += kDigits[value >> (4 * i) & 15];
  return out;
}

std::string shown_char(u32 c) {
  if (c <= 0xff) return "\\x" + hex(c, 2);
  return c <= 0xffff ? "\\u" + hex(c, 4) : "\\U" + hex(c, 8);
}

i64 int_or_zero(Value v) {
  i64 n = 0;
  if (is_int_like(v)) static_cast<void>(int_to_i64(v, n));
  return n;
}

std::string str_or_empty(Value v) {
  return is_str(v) ? utf8_of(to<Str>(v)) : "";
}

Result unicode_error_str(Runtime& rt, Frame& f) {
  const Exception& e = self_of(f);
  if (e.extra[kUnicodeObject].is_none()) return Value::from(rt.names.empty);
  i64 start = int_or_zero(e.extra[kUnicodeStart]), end = int_or_zero(e.extra[kUnicodeEnd]);
  std::string encoding = str_or_empty(e.extra[kUnicodeEncoding]),
              reason = str_or_empty(e.extra[kUnicodeReason]);
  bool decodes = exception_family(rt.shapes[e.shape]->type) == TypeId::UnicodeDecodeError;
  bool translates = exception_family(rt.shapes[e.shape]->type) == TypeId::UnicodeTranslateError;
  std::string head = translates
                         ? "can't translate "
                         : "'" + encoding + (decodes ? "' codec can't decode " : "' codec can't encode ");
  std::string range = std::to_string(start) + "-" + std::to_string(end - 1) + ": " + reason;
  if (end != start + 1) return text(rt, head + (decodes ? "bytes" : "characters") + " in position " + range);
  std::string what;
  if (decodes) {
    auto* bytes = as<Bytes>(e.extra[kUnicodeObject]);
    if (!bytes || static_cast<u64>(start) >= bytes->length)
      return text(rt, head + "bytes in position " + range);
    what = "byte 0x" + hex(bytes->data[start], 2);
  } else {
    auto* s = as<Str>(e.extra[kUnicodeObject]);
    if (!s || static_cast<u64>(start) >= s->length) return text(rt, head + "characters in position " + range);
    what = "character '" + shown_char(s->at(static_cast<u64>(start))) + "'";
  }
  return text(rt, head + what + " in position " + std::to_string(start) + ": " + reason);
}

// --- attributes of all exceptions
// -----------------------------------------------------------------------------------------

Result get_args(Runtime&, Frame& f) {
  return Value::from(self_of(f).args);
}

Result set_args(Runtime& rt, Frame& f) {
  if (f[1].is_unbound()) return raise(rt, TypeId::TypeError, "args may not be deleted");
  Value v = f[1];
  if (auto* list = as<List>(v))
    v = Value::from(new_tuple_from(rt, list->size ? list->items->items : nullptr, list->size));
  if (!is_kind(v, Kind::Tuple))
    return raise(rt, TypeId::TypeError, "'%s' object is not iterable", type_name(rt, v));
  self_of(f).args = to<Tuple>(v);
  rt.heap.wrote(f[0].object());
  return Result::none();
}

Result get_traceback(Runtime&, Frame& f) {
  return self_of(f).traceback;
}

Result set_traceback(Runtime& rt, Frame& f) {
  if (f[1].is_unbound()) return raise(rt, TypeId::TypeError, "__traceback__ may not be deleted");
  if (!f[1].is_none() && !is_kind(f[1], Kind::Traceback))
    return raise(rt, TypeId::TypeError, "__traceback__ must be a traceback or None");
  self_of(f).traceback = f[1];
  rt.heap.wrote(f[0].object());
  return Result::none();
}

Result get_context(Runtime&, Frame& f) {
  return self_of(f).context;
}

Result set_context(Runtime& rt, Frame& f) {
  if (f[1].is_unbound()) return raise(rt, TypeId::TypeError, "__context__ may not be deleted");
  if (!f[1].is_none() && !is_exception(f[1]))
    return raise(rt, TypeId::TypeError, "exception context must be None or derive from BaseException");
  Exception& e = self_of(f);
  e.context = f[1];
  // None on purpose stays so until a statement raises the exception again.
  e.aux = static_cast<u16>(f[1].is_none() ? e.aux | Exception::kContextSettled
                                          : e.aux & ~Exception::kContextSettled);
  rt.heap.wrote(f[0].object());
  return Result::none();
}

Result get_cause(Runtime&, Frame& f) {
  return self_of(f).cause;
}

Result set_cause(Runtime& rt, Frame& f) {
  if (f[1].is_unbound()) return raise(rt, TypeId::TypeError, "__cause__ may not be deleted");
  if (!f[1].is_none() && !is_exception(f[1]))
    return raise(rt, TypeId::TypeError, "exception cause must be None or derive from BaseException");
  self_of(f).cause = f[1];
  self_of(f).aux |= Exception::kContextSuppressed;
  rt.heap.wrote(f[0].object());
  return Result::none();
}

Result get_suppress(Runtime&, Frame& f) {
  return Result::boolean(self_of(f).suppress_context());
}

Result set_suppress(Runtime& rt, Frame& f) {
  if (!f[1].is_bool()) return raise(rt, TypeId::TypeError, "attribute value type must be bool");
  self_of(f).aux = static_cast<u16>((self_of(f).aux & ~Exception::kContextSuppressed) | f[1].is_true());
  return Result::none();
}

Result get_dict(Runtime& rt, Frame& f) {
  return Value::from(attribute_dict(rt, f[0].object()));
}

Result set_dict(Runtime& rt, Frame& f) {
  Dict* d = as<Dict>(f[1]);
  if (!d)
    return raise(rt, TypeId::TypeError, "__dict__ must be set to a dictionary, not a '%s'",
                 type_name(rt, f[1]));
  set_attribute_dict(rt, f[0].object(), d);
  return Result::none();
}

Result with_traceback(Runtime& rt, Frame& f) {
  TRY(set_traceback(rt, f));
  return f[0];
}

Result add_note(Runtime& rt, Frame& f) {
  if (!is_str(f[1])) return raise(rt, TypeId::TypeError, "note must be a str, not '%s'", type_name(rt, f[1]));
  Value notes = own_attribute(rt, f[0].object(), rt.names.notes);
  if (notes.is_unbound()) {
    notes = Value::from(new_list(rt));
    set_own_attribute(rt, f[0].object(), rt.names.notes, notes);
  }
  if (!is_kind(notes, Kind::List))
    return raise(rt, TypeId::TypeError, "Cannot add note: __notes__ is not a list");
  list_append(rt, *to<List>(notes), f[1]);
  return Result::none();
}

// The attributes in `dict` (or None), and with them those members of an ImportError that its arguments lack.
Value import_error_state(Runtime& rt, const Exception& e, Value dict) {
  if (e.extra[kImportName].is_none() && e.extra[kImportPath].is_none()) return dict;
  Dict* state = dict.is_none() ? new_dict(rt) : dict_copy(rt, *to<Dict>(dict));
  if (!e.extra[kImportName].is_none()) dict_set_str(rt, *state, intern(rt, "name"), e.extra[kImportName]);
  if (!e.extra[kImportPath].is_none()) dict_set_str(rt, *state, intern(rt, "path"), e.extra[kImportPath]);
  return Value::from(state);
}

Result exception_reduce(Runtime& rt, Frame& f) {
  Exception& e = self_of(f);
  Tuple* args = e.args;
  if (exception_family(type_of(rt, f[0])) == TypeId::OSError && args->size == 2 &&
      !e.extra[kFilename].is_none()) {
    Value items[5] = {args->items[0], args->items[1], e.extra[kFilename], Value::none(), e.extra[kFilename2]};
    args = new_tuple_from(rt, items, e.extra[kFilename2].is_none() ? 3 : 5);
  }
  Value items[3] = {Value::from(type_of(rt, f[0])), Value::from(args), Value::none()};
  if (!(e.attributes == Value())) items[2] = Value::from(attribute_dict(rt, &e));
  if (exception_family(type_of(rt, f[0])) == TypeId::ImportError)
    items[2] = import_error_state(rt, e, items[2]);
  return Value::from(new_tuple_from(rt, items, items[2].is_none() ? 2 : 3));
}

// f: self, state. f[2] place in it, f[3] name, f[4] value. Members of particular classes may be among them.
Result exception_setstate(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (f[1].is_none()) return Result::none();
      if (!is_kind(f[1], Kind::Dict)) return raise(rt, TypeId::TypeError, "state is not a dictionary");
      f[2] = Value::from_int(0);
      for (;;) {
        {
          u64 position = static_cast<u64>(f[2].as_int());
          Value key, value;
          if (!dict_next(*to<Dict>(f[1]), position, key, value)) return Result::none();
          f[2] = Value::from_int(static_cast<i64>(position));
          if (!is_str(key)) continue;
          f[3] = key;
          f[4] = value;
        }
        AWAIT(1, set_attr(rt, f, f[0], to<Str>(f[3]), f[4]));
      }
  }
  LISLE_UNREACHABLE();
}
// --- members of particular classes
// ----------------------------------------------------------------------------------------

template <int index>
Result get_member(Runtime&, Frame& f) {
  return self_of(f).extra[index];
}

template <int index>
Result set_member(Runtime& rt, Frame& f) {
  self_of(f).extra[index] = f[1].is_unbound() ? Value::none() : f[1];
  rt.heap.wrote(f[0].object());
  return Result::none();
}

template <int index>
constexpr GetsetSpec member(const char* name) {
  return {name, get_member<index>, set_member<index>};
}

Result get_written(Runtime& rt, Frame& f) {
  Value v = self_of(f).extra[kCharactersWritten];
  return v.is_none() ? raise_with(rt, TypeId::AttributeError, Value::from(intern(rt, "characters_written")))
                     : v;
}

// Deleting says the same when there is nothing.
Result set_written(Runtime& rt, Frame& f) {
  if (f[1].is_unbound()) TRY(get_written(rt, f));
  if (!f[1].is_unbound() && !is_int_like(f[1]))
    return raise(rt, TypeId::TypeError, "'%s' object cannot be interpreted as an integer",
                 type_name(rt, f[1]));
  return set_member<kCharactersWritten>(rt, f);
}

Result get_none(Runtime&, Frame&) {
  return Result::none();
}
Result ignore(Runtime&, Frame&) {
  return Result::none();
}

constexpr NativeSpec kBaseMethods[] = {
    {"__new__", exception_new, "(cls, /, *args, **kwargs)", nullptr, 0, kStatic},
    {"__init__", exception_init, "(self, /, *args, **kwargs)"},
    {"__str__", exception_str, "(self, /)"},
    {"__repr__", exception_repr, "(self, /)", nullptr, 1},
    {"__reduce__", exception_reduce, "(self, /)"},
    {"__setstate__", exception_setstate, "(self, state, /)", nullptr, 5},
    {"with_traceback", with_traceback, "(self, tb, /)",
     "Exception.with_traceback(tb) --\n    set self.__traceback__ to tb and return self."},
    {"add_note", add_note, "(self, note, /)", "Exception.add_note(note) --\n    add a note to the exception"},
};

constexpr GetsetSpec kBaseAttributes[] = {
    {"args", get_args, set_args},
    {"__traceback__", get_traceback, set_traceback},
    {"__context__", get_context, set_context, "exception context"},
    {"__cause__", get_cause, set_cause, "exception cause"},
    {"__suppress_context__", get_suppress, set_suppress},
    {"__dict__", get_dict, set_dict},
};

// Each class has the rows of its specialisation; most have none.
template <TypeId id>
constexpr std::span<const NativeSpec> kMethodsOf{};
template <TypeId id>
constexpr std::span<const GetsetSpec> kAttributesOf{};

constexpr NativeSpec kKeyErrorMethods[] = {{"__str__", key_error_str, "(self, /)"}};
constexpr NativeSpec kOSErrorMethods[] = {{"__str__", os_error_str, "(self, /)", nullptr, 2}};
constexpr NativeSpec kSyntaxErrorMethods[] = {{"__str__", syntax_error_str, "(self, /)", nullptr, 1}};
constexpr NativeSpec kImportErrorMethods[] = {{"__str__", import_error_str, "(self, /)"}};
constexpr NativeSpec kUnicodeMethods[] = {{"__str__", unicode_error_str, "(self, /)"}};

constexpr GetsetSpec kStopIterationAttributes[] = {member<kStopValue>("value")};
constexpr GetsetSpec kSystemExitAttributes[] = {member<kExitCode>("code")};
constexpr GetsetSpec kOSErrorAttributes[] = {
    member<kErrno>("errno"),
    member<kStrerror>("strerror"),
    member<kFilename>("filename"),
    member<kFilename2>("filename2"),
    {"characters_written", get_written, set_written},
};
constexpr GetsetSpec kSyntaxErrorAttributes[] = {
    member<kSyntaxMsg>("msg"),
    member<kSyntaxFilename>("filename"),
    member<kSyntaxLine>("lineno"),
    member<kSyntaxOffset>("offset"),
    member<kSyntaxText>("text"),
    member<kSyntaxEndLine>("end_lineno"),
    member<kSyntaxEndOffset>("end_offset"),
    {"print_file_and_line", get_none, ignore},
};
constexpr GetsetSpec kImportErrorAttributes[] = {member<kImportMsg>("msg"), member<kImportName>("name"),
                                                 member<kImportPath>("path")};
constexpr GetsetSpec kAttributeErrorAttributes[] = {member<kErrorName>("name"), member<kErrorObject>("obj")};
constexpr GetsetSpec kNameErrorAttributes[] = {member<kErrorName>("name")};
constexpr GetsetSpec kUnicodeAttributes[] = {member<kUnicodeEncoding>("encoding"),
                                             member<kUnicodeObject>("object"), member<kUnicodeStart>("start"),
                                             member<kUnicodeEnd>("end"), member<kUnicodeReason>("reason")};

template <>
constexpr std::span<const NativeSpec> kMethodsOf<TypeId::KeyError>{kKeyErrorMethods};
template <>
constexpr std::span<const NativeSpec> kMethodsOf<TypeId::OSError>{kOSErrorMethods};
template <>
constexpr std::span<const NativeSpec> kMethodsOf<TypeId::SyntaxError>{kSyntaxErrorMethods};
template <>
constexpr std::span<const NativeSpec> kMethodsOf<TypeId::ImportError>{kImportErrorMethods};
template <>
constexpr std::span<const NativeSpec> kMethodsOf<TypeId::UnicodeDecodeError>{kUnicodeMethods};
template <>
constexpr std::span<const NativeSpec> kMethodsOf<TypeId::UnicodeEncodeError>{kUnicodeMethods};
template <>
constexpr std::span<const NativeSpec> kMethodsOf<TypeId::UnicodeTranslateError>{kUnicodeMethods};
template <>
constexpr std::span<const NativeSpec> kMethodsOf<TypeId::BaseExceptionGroup>{kGroupMethods};

template <>
constexpr std::span<const GetsetSpec> kAttributesOf<TypeId::StopIteration>{kStopIterationAttributes};
template <>
constexpr std::span<const GetsetSpec> kAttributesOf<TypeId::SystemExit>{kSystemExitAttributes};
template <>
constexpr std::span<const GetsetSpec> kAttributesOf<TypeId::OSError>{kOSErrorAttributes};
template <>
constexpr std::span<const GetsetSpec> kAttributesOf<TypeId::SyntaxError>{kSyntaxErrorAttributes};
template <>
constexpr std::span<const GetsetSpec> kAttributesOf<TypeId::ImportError>{kImportErrorAttributes};
template <>
constexpr std::span<const GetsetSpec> kAttributesOf<TypeId::AttributeError>{kAttributeErrorAttributes};
template <>
constexpr std::span<const GetsetSpec> kAttributesOf<TypeId::NameError>{kNameErrorAttributes};
template <>
constexpr std::span<const GetsetSpec> kAttributesOf<TypeId::UnicodeDecodeError>{kUnicodeAttributes};
template <>
constexpr std::span<const GetsetSpec> kAttributesOf<TypeId::UnicodeEncodeError>{kUnicodeAttributes};
template <>
constexpr std::span<const GetsetSpec> kAttributesOf<TypeId::UnicodeTranslateError>{kUnicodeAttributes};
template <>
constexpr std::span<const GetsetSpec> kAttributesOf<TypeId::BaseExceptionGroup>{kGroupAttributes};

}  // namespace

namespace {

template <TypeId>
constexpr const char* kDocOf = nullptr;
#define EXCEPTION_DOC(Name, text) \
  template <>                     \
  constexpr const char* kDocOf<TypeId::Name> = text;
#include "runtime/builtins/exception_docs.def"
#undef EXCEPTION_DOC

}  // namespace

extern const TypeSpec kBaseExceptionType;
const TypeSpec kBaseExceptionType{"BaseException", "builtins",      "Common base class for all exceptions",
                                  TypeId::Object,  Kind::Exception, 0,
                                  kBaseMethods,    kBaseAttributes};

#define EXCEPTION(Name, Base) extern const TypeSpec k##Name##Type;
#include "runtime/builtins/exceptions.def"
#undef EXCEPTION
#define EXCEPTION(Name, Base)                                              \
  const TypeSpec k##Name##Type{                                            \
      #Name,           "builtins", kDocOf<TypeId::Name>,     TypeId::Base, \
      Kind::Exception, 0,          kMethodsOf<TypeId::Name>, kAttributesOf<TypeId::Name>};
#include "runtime/builtins/exceptions.def"
#undef EXCEPTION

}  // namespace lisle::rt
