// How streams in memory are copied and pickled: __getstate__ and __setstate__ of BytesIO and StringIO, with
// the tuples that CPython's have.
#include "runtime/protocols/attribute.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/file.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"

namespace lisle::rt {

namespace {

constexpr const char* kNewlines[] = {nullptr, "", "\n", "\r", "\r\n"};  // in the order of Newline

Value attributes_or_none(Runtime& rt, File& file) {
  if (!has_attribute_storage(rt, &file)) return Value::none();
  Dict* attributes = attribute_dict(rt, &file);
  return attributes->used ? Value::from(attributes) : Value::none();
}

Value content_of(Runtime& rt, const File& file) {
  const u8* bytes = file.in ? file.in->bytes : nullptr;
  if (!file.is_text()) return Value::from(new_bytes(rt, {reinterpret_cast<const char*>(bytes), file.in_end}));
  return Value::from(new_str_utf32(rt, reinterpret_cast<const u32*>(bytes), file.in_end));
}

Value newline_of(Runtime& rt, const File& file) {
  const char* text = kNewlines[static_cast<size_t>(file.newline)];
  return text ? Value::from(new_str(rt, text)) : Value::none();
}

bool read_newline(Value v, Newline& out) {
  if (v.is_none()) return out = Newline::kUniversal, true;
  for (size_t i = 1; i < std::size(kNewlines); ++i)
    if (is_str(v) && str_equals(to<Str>(v), kNewlines[i])) return out = static_cast<Newline>(i), true;
  return false;
}

void set_content(Runtime& rt, File& file, Value content) {
  if (auto* text = as<Str>(content)) {
    file.in = new_raw(rt, text->length * sizeof(u32));
    for (u64 i = 0; i < text->length; ++i) reinterpret_cast<u32*>(file.in->bytes)[i] = text->at(i);
    file.in_end = text->length;
  } else {
    std::string_view bytes = to<Bytes>(content)->view();
    file.in = new_raw(rt, bytes.size());
    std::copy(bytes.begin(), bytes.end(), file.in->bytes);
    file.in_end = bytes.size();
  }
}

Result bad_state(Runtime& rt, Value self, const char* wanted) {
  return raise(rt, TypeId::TypeError, "%s.__setstate__ argument should be %s", type_name(rt, self), wanted);
}

}  // namespace

// stream → (content, position, attributes), text: (content, newline, position, attributes).
Result memory_stream_get_state(Runtime& rt, Frame& f) {
  File& file = *to<File>(f[0]);
  TRY(file_check_open(rt, file));
  List* state = new_list(rt, 4);
  list_append(rt, *state, content_of(rt, file));
  if (file.is_text()) list_append(rt, *state, newline_of(rt, file));
  list_append(rt, *state, new_int(rt, static_cast<i64>(file.in_begin)));
  list_append(rt, *state, attributes_or_none(rt, file));
  return Value::from(new_tuple_from(rt, state->items->items, state->size));
}

// stream, what memory_stream_get_state() gave.
Result memory_stream_set_state(Runtime& rt, Frame& f) {
  File& file = *to<File>(f[0]);
  const bool text = is_subtype(type_of(rt, f[0]), rt.type(TypeId::StringIO));
  auto* state = as<Tuple>(f[1]);
  const u64 count = text ? 4 : 3;
  if (!state || state->size != count) return bad_state(rt, f[0], text ? "4-tuple" : "3-tuple");
  Value content = state->items[0], position = state->items[count - 2], attributes = state->items[count - 1];
  Newline newline = Newline::kLf;
  if (!(text ? is_str(content) : is_bytes(content)))
    return raise(rt, TypeId::TypeError, "%s, not %s",
                 text ? "initial_value must be str" : "a bytes-like object is required",
                 type_name(rt, content));
  if (text && !read_newline(state->items[1], newline))
    return raise(rt, TypeId::ValueError, "illegal newline value");
  if (!position.is_int() || position.as_int() < 0)
    return raise(rt, TypeId::ValueError, "position value cannot be negative");
  auto* extra = as<Dict>(attributes);
  if (!extra && !attributes.is_none())
    return bad_state(rt, f[0], "a tuple whose last item is a dict or None");
  file.flags = File::kReadable | File::kWritable | File::kMemory | File::kOpen | (text ? File::kText : 0);
  file.newline = newline;
  file.out = nullptr;
  file.out_size = 0;
  file.fd = -1;
  set_content(rt, file, content);
  file.in_begin = static_cast<u64>(position.as_int());
  rt.heap.wrote(&file);
  u64 at = 0;
  Value key, value;
  while (extra && dict_next(*extra, at, key, value))
    if (is_str(key) && has_attribute_storage(rt, &file))
      set_own_attribute(rt, &file, intern(rt, to<Str>(key)), value);
  return Result::none();
}

}  // namespace lisle::rt
