// json's scanner: one JSON value out of a text, as a step machine, because hooks are the program's.
//
// Nothing recurses: open arrays and objects lie on a stack of values on the heap. Below the items of each
// lies where the items of the one around it begin; the items of an object are keys and values in turn. The
// scan runs in C++ until a hook has to be called, an error to be raised, or others get a turn; before that it
// puts its state into the registers of its frame.
#include <algorithm>
#include <cstring>
#include <string>

#include "runtime/modules/arguments.h"
#include "runtime/modules/json_text.h"
#include "runtime/protocols/call.h"
#include "runtime/protocols/compare.h"
#include "runtime/support/number_text.h"
#include "runtime/tasks/pause.h"
#include "runtime/types/dict_table.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"

namespace lisle::rt {

namespace {

// Registers of the frame.
enum : u32 {
  kHooks,  // the parameter: what the decoder says, see Hook
  kText,
  kAt,     // index in the text
  kStack,  // an Array
  kSize,   // of the stack
  kFence,  // where the items of the innermost container begin; 0: none is open
  kDepth,
  kMemo,      // keys met before, a Dict
  kLately,    // an Array of keys met lately
  kQuestion,  // what is called
  kOperand,   // with this; or the message of an error
  kRegisters,
};
enum Hook : u32 { kStrict, kObjectHook, kPairsHook, kParseFloat, kParseInt, kParseConstant, kHooksCount };

// Why the scan stopped.
enum class Stop : u8 { kDone, kCall, kError, kNoValue, kPause, kTooDeep };

constexpr u64 kLatelySlots = 64;
constexpr u64 kFirstStack = 64;
constexpr u64 kLongestLatelyKey = 32;

bool is_space(u32 c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}
bool is_digit(u32 c) {
  return c - '0' < 10;
}

template <class Unit>
class Scanner {
 public:
  Scanner(Runtime& rt, Frame& f, const Unit* units)
      : rt_(rt),
        f_(f),
        text_(*to<Str>(f[kText])),
        units_(units),
        length_(text_.length),
        at_(static_cast<u64>(f[kAt].as_int())),
        size_(static_cast<u64>(f[kSize].as_int())),
        fence_(static_cast<u64>(f[kFence].as_int())),
        depth_(static_cast<u64>(f[kDepth].as_int())) {}

  // Goes on with `value`, which stands before the place in the text; unbound: a value comes next.
  Stop run(Value value) {
    Stop stop = scan(value);
    f_[kAt] = Value::from_int(static_cast<i64>(at_));
    f_[kSize] = Value::from_int(static_cast<i64>(size_));
    f_[kFence] = Value::from_int(static_cast<i64>(fence_));
    f_[kDepth] = Value::from_int(static_cast<i64>(depth_));
    return stop;
  }

 private:
  enum class Next : u8 { kValue, kAttach, kKey, kStop };

  Stop scan(Value value) {
    Next next = value.is_unbound() ? Next::kValue : Next::kAttach;
    value_ = value;
    for (i64 left = kPieceOfWork; next != Next::kStop;) {
      if (next == Next::kAttach) {
        if (fence_ == 0) return f_[kOperand] = value_, Stop::kDone;
        push(value_);
        next = behind_item();
      } else if (next == Next::kKey) {
        next = key();
      } else if (--left == 0) {
        return Stop::kPause;
      } else {
        next = begin_value();
      }
    }
    return stop_;
  }

  Next stop(Stop why) {
    stop_ = why;
    return Next::kStop;
  }
  Next fail(const char* message, u64 at) {
    f_[kOperand] = Value::from(intern(rt_, message));
    at_ = at;
    return stop(Stop::kError);
  }
  Next call(u32 hook, Value operand) {
    f_[kQuestion] = to<Tuple>(f_[kHooks])->items[hook];
    f_[kOperand] = operand;
    return stop(Stop::kCall);
  }
  Next found(Value v, u64 end) {
    value_ = v;
    at_ = end;
    return Next::kAttach;
  }

  void skip_space() {
    while (at_ < length_ && is_space(units_[at_])) ++at_;
  }
  bool here(u32 c) const { return at_ < length_ && units_[at_] == c; }
  Value hook(u32 which) const { return to<Tuple>(f_[kHooks])->items[which]; }
  bool is_strict() const { return hook(kStrict).is_true(); }

  void push(Value v) {
    Array* stack = to<Array>(f_[kStack]);
    if (LISLE_UNLIKELY(size_ == stack->capacity)) {
      Array* larger = new_array(rt_, stack->capacity * 2);
      std::memcpy(larger->items, stack->items, size_ * sizeof(Value));
      f_[kStack] = Value::from(larger);
      stack = larger;
    }
    stack->items[size_++] = v;
    rt_.heap.wrote(stack);
  }

  // --- values

  bool reads(const char* word, u64 count) const {
    if (at_ + count > length_) return false;
    for (u64 i = 0; i < count; ++i)
      if (units_[at_ + i] != static_cast<u8>(word[i])) return false;
    return true;
  }
  template <size_t N>
  Next constant(const char (&word)[N], Value v) {
    return reads(word, N - 1) ? found(v, at_ + N - 1) : number();
  }
  template <size_t N>
  Next named(const char (&word)[N]) {
    if (!reads(word, N - 1)) return number();
    at_ += N - 1;
    return call(kParseConstant, Value::from(intern(rt_, word)));
  }

  Next begin_value() {
    if (at_ >= length_) return stop(Stop::kNoValue);
    switch (units_[at_]) {
      case '"':
        return text();
      case '{':
        return open(true);
      case '[':
        return open(false);
      case 'n':
        return constant("null", Value::none());
      case 't':
        return constant("true", Value::from_bool(true));
      case 'f':
        return constant("false", Value::from_bool(false));
      case 'N':
        return named("NaN");
      case 'I':
        return named("Infinity");
      case '-':
        return named("-Infinity");
      default:
        return number();
    }
  }

  Next text() {
    const JsonString s = read_json_string(rt_, &text_, at_ + 1, is_strict());
    return s.error ? fail(s.error, s.error_at) : found(Value::from(s.text), s.end);
  }

  void skip_digits(u64& at) const {
    while (at < length_ && is_digit(units_[at])) ++at;
  }

  Next number() {
    u64 end = at_ + (units_[at_] == '-');
    if (end >= length_ || !is_digit(units_[end])) return stop(Stop::kNoValue);
    if (units_[end] == '0')
      ++end;
    else
      skip_digits(end);
    bool is_float = false;
    if (end + 1 < length_ && units_[end] == '.' && is_digit(units_[end + 1])) {
      is_float = true;
      skip_digits(++end);
    }
    if (end + 1 < length_ && (units_[end] == 'e' || units_[end] == 'E')) {
      u64 exponent = end + 1;
      if (units_[exponent] == '-' || units_[exponent] == '+') ++exponent;
      const u64 digits = exponent;
      skip_digits(exponent);
      if (exponent > digits) {
        is_float = true;
        end = exponent;
      }
    }
    return is_float ? float_number(end) : int_number(end);
  }

  // The numeral up to `end` as bytes.
  std::string_view numeral(u64 end, std::string& copy) const {
    if (sizeof(Unit) == 1) return {reinterpret_cast<const char*>(units_ + at_), end - at_};
    for (u64 i = at_; i < end; ++i) copy += static_cast<char>(units_[i]);
    return copy;
  }

  Next float_number(u64 end) {
    std::string copy;
    const std::string_view digits = numeral(end, copy);
    f64 d;
    if (hook(kParseFloat) == Value::from(rt_.type(TypeId::Float)) && parse_double(digits, d))
      return found(new_float(rt_, d), end);
    at_ = end;
    return call(kParseFloat, Value::from(new_str_ascii(rt_, digits)));
  }

  Next int_number(u64 end) {
    constexpr u64 kSure = 18;  // digits that always fit
    const bool plain = hook(kParseInt) == Value::from(rt_.type(TypeId::Int));
    if (plain && end - at_ <= kSure) {
      const bool negative = units_[at_] == '-';
      i64 n = 0;
      for (u64 i = at_ + negative; i < end; ++i) n = n * 10 + (units_[i] - '0');
      return found(Value::from_int(negative ? -n : n), end);
    }
    // int() itself knows what too many digits are.
    std::string copy;
    const std::string_view digits = numeral(end, copy);
    at_ = end;
    return call(kParseInt, Value::from(new_str_ascii(rt_, digits)));
  }

  // --- containers

  Next open(bool is_object) {
    ++at_;
    skip_space();
    if (here(is_object ? '}' : ']')) {
      ++at_;
      return is_object ? finished_object(size_) : found(Value::from(new_list(rt_)), at_);
    }
    if (depth_ >= rt_.recursion_limit) {
      f_[kOperand] = Value::from_bool(is_object);
      return stop(Stop::kTooDeep);
    }
    ++depth_;
    push(Value::from_int(static_cast<i64>(fence_ << 1) | is_object));
    fence_ = size_;
    return is_object ? Next::kKey : Next::kValue;
  }

  i64 link() const { return to<Array>(f_[kStack])->items[fence_ - 1].as_int(); }

  // Behind the last item of the innermost container.
  Next behind_item() {
    skip_space();
    const bool is_object = link() & 1;
    if (here(is_object ? '}' : ']')) {
      ++at_;
      return close(is_object);
    }
    if (!here(',')) return fail("Expecting ',' delimiter", at_);
    ++at_;
    skip_space();
    return is_object ? Next::kKey : Next::kValue;
  }

  Next close(bool is_object) {
    const u64 items = fence_;
    fence_ = static_cast<u64>(link() >> 1);
    --depth_;
    if (is_object) return finished_object(items);
    List* list = new_list_from(rt_, to<Array>(f_[kStack])->items + items, size_ - items);
    forget(items - 1);
    return found(Value::from(list), at_);
  }

  // What lies there no more is not held.
  void forget(u64 from) {
    Value* items = to<Array>(f_[kStack])->items;
    std::fill(items + from, items + size_, Value());
    size_ = from;
  }

  // The pairs from `items` on; where there are some, the link to the container around lies below.
  Next finished_object(u64 items) {
    const bool in_pairs = !hook(kPairsHook).is_none();
    const Value object = in_pairs ? pair_list(items) : dict_of(items);
    if (size_ > items) forget(items - 1);
    if (in_pairs) return call(kPairsHook, object);
    if (!hook(kObjectHook).is_none()) return call(kObjectHook, object);
    return found(object, at_);
  }

  Value dict_of(u64 items) {
    Dict* dict = new_dict(rt_, (size_ - items) / 2);
    for (u64 i = items; i < size_; i += 2) {
      const Value* pair = to<Array>(f_[kStack])->items + i;
      dict_set_str(rt_, *dict, to<Str>(pair[0]), pair[1]);
    }
    return Value::from(dict);
  }

  Value pair_list(u64 items) {
    List* list = new_list(rt_, (size_ - items) / 2);
    for (u64 i = items; i < size_; i += 2)
      list_append(rt_, *list, Value::from(new_tuple_from(rt_, to<Array>(f_[kStack])->items + i, 2)));
    return Value::from(list);
  }

  // --- keys: equal ones are one object

  Next key() {
    if (!here('"')) return fail("Expecting property name enclosed in double quotes", at_);
    if (!known_key()) {
      const JsonString s = read_json_string(rt_, &text_, at_ + 1, is_strict());
      if (s.error) return fail(s.error, s.error_at);
      at_ = s.end;
      push(Value::from(remembered(s.text)));
    }
    skip_space();
    if (!here(':')) return fail("Expecting ':' delimiter", at_);
    ++at_;
    skip_space();
    return Next::kValue;
  }

  static u64 lately_slot(const u8* key, u64 size) {
    const u64 mixed = size * 7 + key[0] * 31u + key[size - 1] * 5u + key[size / 2];
    return mixed % kLatelySlots;
  }

  // Pushes a key that was met lately, compared where it stands.
  bool known_key() {
    if constexpr (sizeof(Unit) == 1) {
      const u8* key = units_ + at_ + 1;
      const u64 most = std::min(length_ - at_ - 1, kLongestLatelyKey + 1);
      const void* quote = std::memchr(key, '"', most);
      const u64 size = quote ? static_cast<u64>(static_cast<const u8*>(quote) - key) : 0;
      if (size == 0) return false;
      const Value lately = to<Array>(f_[kLately])->items[lately_slot(key, size)];
      if (!lately.is_object()) return false;
      const Str* s = to<Str>(lately);
      if (s->length != size || std::memcmp(s->data, key, size) != 0) return false;
      at_ += size + 2;
      push(lately);
      return true;
    }
    return false;
  }

  Str* remembered(Str* key) {
    Dict& memo = *to<Dict>(f_[kMemo]);
    const i64 hash = str_hash(rt_, key);
    i64 entry = -1;
    if (dict_probe(rt_, memo, Value::from(key), hash, entry) == Probe::kFound)
      key = to<Str>(memo.key_at(static_cast<u64>(entry)));
    else
      dict_insert_new(rt_, memo, Value::from(key), hash, Value::from(key));
    const bool plain = key->is_ascii() && key->length > 0 && key->length <= kLongestLatelyKey;
    // Only keys that stand in the text as they are can be found by their bytes.
    const bool as_it_is = plain && std::none_of(key->data, key->data + key->length,
                                                [](u8 c) { return c < ' ' || c == '"' || c == '\\'; });
    if (!as_it_is) return key;
    Array* lately = to<Array>(f_[kLately]);
    lately->items[lately_slot(key->data, key->length)] = Value::from(key);
    rt_.heap.wrote(lately);
    return key;
  }

  Runtime& rt_;
  Frame& f_;
  const Str& text_;
  const Unit* const units_;
  const u64 length_;
  u64 at_, size_, fence_, depth_;
  Value value_;
  Stop stop_ = Stop::kDone;
};

Stop scan(Runtime& rt, Frame& f, Value value) {
  const Str& text = *to<Str>(f[kText]);
  if (text.width_log2() == 0) return Scanner<u8>(rt, f, text.data).run(value);
  if (text.width_log2() == 1) return Scanner<u16>(rt, f, text.data16()).run(value);
  return Scanner<u32>(rt, f, text.data32()).run(value);
}

Result begin(Runtime& rt, Frame& f) {
  i64 at = 0;
  TRY(size_argument(rt, f[kAt], 0, at));
  if (!is_str(f[kText]))
    return raise(rt, TypeId::TypeError, "first argument must be a string, not %s", type_name(rt, f[kText]));
  if (at < 0) return raise(rt, TypeId::ValueError, "idx cannot be negative");
  f[kAt] = Value::from_int(at);
  for (u32 i : {kSize, kFence, kDepth}) f[i] = Value::from_int(0);
  f[kStack] = Value::from(new_array(rt, kFirstStack));
  f[kLately] = Value::from(new_array(rt, kLatelySlots));
  f[kMemo] = Value::from(new_dict(rt));
  // Place 0 of the stack stands for no container.
  f[kSize] = Value::from_int(1);
  return Result::none();
}

Result finish(Runtime& rt, Frame& f) {
  const Value pair[2] = {f[kOperand], f[kAt]};
  return Value::from(new_tuple_from(rt, pair, 2));
}

Result raise_too_deep(Runtime& rt, bool in_object) {
  return raise(rt, TypeId::RecursionError,
               "maximum recursion depth exceeded while decoding a JSON %s from a unicode string",
               in_object ? "object" : "array");
}

// The exception that says what is wrong with a text.
Result decode_error(Runtime& rt, Frame& f, Value message, Value text, Value at) {
  Value helper = Value::unbound();
  const Value module = dict_get_str(rt, *rt.modules, intern(rt, "_json"));
  if (is_kind(module, Kind::Module)) helper = module_get(rt, *to<Module>(module), "_decode_error");
  if (helper.is_unbound()) return raise(rt, TypeId::ValueError, "%s", utf8_of(to<Str>(message)).c_str());
  return call(rt, f, helper, {message, text, at});
}

// Raises unless f is a text and a place in it.
Result check_string(Runtime& rt, Frame& f) {
  i64 begin = 0;
  TRY(size_argument(rt, f[1], 0, begin));
  if (!is_str(f[0]))
    return raise(rt, TypeId::TypeError, "first argument must be a string, not %s", type_name(rt, f[0]));
  if (begin < 0 || static_cast<u64>(begin) > to<Str>(f[0])->length)
    return raise(rt, TypeId::ValueError, "end is out of bounds");
  f[1] = Value::from_int(begin);
  return Result::none();
}

// hooks, text, index → (value, end).
Result json_scan(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  Stop stop;
  switch (f.step()) {
    case 0:
      TRY(begin(rt, f));
      r = Value::unbound();
      for (;;) {
        stop = scan(rt, f, r.value());
        if (stop == Stop::kDone) return finish(rt, f);
        if (stop == Stop::kNoValue) return raise_with(rt, TypeId::StopIteration, f[kAt]);
        if (stop == Stop::kTooDeep) return raise_too_deep(rt, f[kOperand].is_true());
        if (stop == Stop::kError) {
          AWAIT(3, decode_error(rt, f, f[kOperand], f[kText], f[kAt]));
          return raise_value(rt, r.value());
        }
        if (stop == Stop::kCall) {
          AWAIT(1, call(rt, f, f[kQuestion], {f[kOperand]}));
        } else {
          AWAIT(2, pause(rt, f));
          r = Value::unbound();
        }
      }
  }
  LISLE_UNREACHABLE();
}

// text, begin, strict → (text, end); the message and place of an error.
Result json_scanstring(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0: {
      TRY(check_string(rt, f));
      bool known = true;
      const bool strict = f[2].is_unbound() || quick_truth(rt, f[2], known);
      const JsonString s = read_json_string(rt, to<Str>(f[0]), static_cast<u64>(f[1].as_int()), strict);
      if (!s.error) {
        const Value pair[2] = {Value::from(s.text), Value::from_int(static_cast<i64>(s.end))};
        return Value::from(new_tuple_from(rt, pair, 2));
      }
      f[2] = Value::from(intern(rt, s.error));
      f[3] = Value::from_int(static_cast<i64>(s.error_at));
    }
      AWAIT(1, decode_error(rt, f, f[2], f[0], f[3]));
      return raise_value(rt, r.value());
  }
  LISLE_UNREACHABLE();
}

constexpr NativeSpec kFunctions[] = {
    {"scan", json_scan, "(hooks, string, idx, /)", nullptr, kRegisters},
    {"scanstring", json_scanstring, "(string, end, strict=True, /)",
     "scanstring(string, end, strict=True) -> (string, end)\n\n"
     "Scan the string for a JSON string. End is the index of the character in string behind the quote that\n"
     "started it. Returns the text and the index behind its closing quote.",
     4},
};

}  // namespace

std::span<const NativeSpec> json_scan_functions() {
  return kFunctions;
}

}  // namespace lisle::rt
