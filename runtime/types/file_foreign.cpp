// Buffered and text streams over raw streams that the program itself has written, and text in encodings and
// with error handlers that are not builtin: these are CPython's own classes of the module _pyio, because the
// native ones read and write by descriptor or memory only and never call the program.
#include "runtime/types/file_foreign.h"
#include "runtime/modules/codec_registry.h"
#include "runtime/protocols/attribute.h"
#include "runtime/support/text.h"
#include "runtime/types/codecs.h"
#include "runtime/types/file.h"

namespace lisle::rt {

namespace {

// The stream that is wrapped: the first argument, by position or by name; unbound when there is none.
Value wrapped_stream(Runtime& rt, const Tuple& args, Dict& kwargs) {
  if (args.size > 0) return args.items[0];
  Value raw = dict_get_str(rt, kwargs, intern(rt, "raw"));
  return raw.is_unbound() ? dict_get_str(rt, kwargs, intern(rt, "buffer")) : raw;
}

Value text_argument(Runtime& rt, const Tuple& args, Dict& kwargs, u64 position, const char* name) {
  return args.size > position ? args.items[position] : dict_get_str(rt, kwargs, intern(rt, name));
}

}  // namespace

bool is_native_binary(Value v) {
  const File* file = as<File>(v);
  return file != nullptr && file->has(File::kOpen) && !file->is_text();
}

Result adopt_foreign(Runtime& rt, Frame& f, u32 count) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (!type_of(rt, f[0])->is_heap)
        return raise(rt, TypeId::TypeError, "'%s' object is not a stream of bytes", type_name(rt, f[1]));
      AWAIT(1, call_internal(rt, f, Internal::ImportLoad, {Value::from(intern(rt, "_io"))}));
      AWAIT(2, get_attr(rt, f, r.value(), intern(rt, "_adopt")));
      while (count > 1 && f[count - 1].is_unbound()) --count;
      AWAIT(3, call_span(rt, f, r.value(), &f[0], count));
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

bool is_foreign_text(Runtime& rt, Value encoding, Value errors) {
  if (is_str(errors) && has_own_handler(rt, errors)) return true;
  if (!is_str(encoding) || str_equals(to<Str>(encoding), "locale")) return false;
  TextBuffer scratch;
  std::string_view name = str_utf8(to<Str>(encoding), scratch);
  return !is_builtin_encoding(name) && !is_file_encoding(*to<Str>(encoding));
}

// class, args, kwargs. A stream over a native one is made empty, for __init__ to set up; classes of the
// program are left alone.
Result stream_new_over(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0: {
      Value inner = wrapped_stream(rt, *to<Tuple>(f[1]), *to<Dict>(f[2]));
      bool text = f[0] == Value::from(rt.type(TypeId::TextIOWrapper)) &&
                  is_foreign_text(rt, text_argument(rt, *to<Tuple>(f[1]), *to<Dict>(f[2]), 1, "encoding"),
                                  text_argument(rt, *to<Tuple>(f[1]), *to<Dict>(f[2]), 2, "errors"));
      if (!is_type(f[0]) || to<Type>(f[0])->is_heap || inner.is_unbound() ||
          (is_native_binary(inner) && !text)) {
        return file_new(rt, f);
      }
    }
      AWAIT(1, call_internal(rt, f, Internal::ImportLoad, {Value::from(intern(rt, "_pyio"))}));
      AWAIT(2, get_attr(rt, f, r.value(), intern(rt, to<Type>(f[0])->name)));
      return call_spread(rt, f, r.value(), to<Tuple>(f[1]), to<Dict>(f[2]));
  }
  LISLE_UNREACHABLE();
}

}  // namespace lisle::rt
