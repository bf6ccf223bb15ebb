// Buffered and text streams over raw streams that the program itself has written: these are CPython's own
// classes of the module _pyio, because the native ones read and write by descriptor or memory only.
#include "runtime/protocols/attribute.h"
#include "runtime/types/file.h"

namespace lisle::rt {

namespace {

// The stream that is wrapped: the first argument, by position or by name; unbound when there is none.
Value wrapped_stream(Runtime& rt, const Tuple& args, Dict& kwargs) {
  if (args.size > 0) return args.items[0];
  Value raw = dict_get_str(rt, kwargs, intern(rt, "raw"));
  return raw.is_unbound() ? dict_get_str(rt, kwargs, intern(rt, "buffer")) : raw;
}

bool is_native_binary(Value v) {
  const File* file = as<File>(v);
  return file != nullptr && file->has(File::kOpen) && !file->is_text();
}

}  // namespace

// class, args, kwargs. A stream over a native one is made empty, for __init__ to set up; classes of the
// program are left alone.
Result stream_new_over(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0: {
      Value inner = wrapped_stream(rt, *to<Tuple>(f[1]), *to<Dict>(f[2]));
      if (!is_type(f[0]) || to<Type>(f[0])->is_heap || inner.is_unbound() || is_native_binary(inner)) {
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
