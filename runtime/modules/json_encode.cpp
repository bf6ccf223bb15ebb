// json's encoder: the text of a value, as a step machine, because default(), keys' order and items() of
// subclasses are the program's.
//
// Nothing recurses: containers that are being written lie on a stack on the heap. The text grows in C++ until
// the program has to be asked or others get a turn; then it becomes a chunk, and dicts that are being written
// are replaced by lists of their items, because the program may change them, and must not be seen to.
#include <cmath>
#include <cstring>
#include <string>

#include "runtime/modules/json_text.h"
#include "runtime/protocols/call.h"
#include "runtime/protocols/iterate.h"
#include "runtime/support/number_text.h"
#include "runtime/support/text.h"
#include "runtime/tasks/pause.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/list_sort.h"
#include "runtime/types/module.h"

namespace lisle::rt {

std::span<const NativeSpec> json_scan_functions();

namespace {

// Registers of the frame.
enum : u32 {
  kOptions,  // the parameter: what the encoder says, see Option
  kObject,
  kIndent,  // not used
  kChunks,  // a List of the text so far
  kStack,   // an Array of Levels
  kDepth,
  kAsked,    // what the question is about
  kAfter,    // see After
  kPending,  // the value whose key is being asked about
  kRegisters,
};
enum Option : u32 {
  kCircular,  // circular references are looked for
  kDefault,
  kEncoder,  // of strings
  kQuoting,  // 0: by the encoder, else JsonQuoting plus one
  kKeySeparator,
  kItemSeparator,
  kSortKeys,
  kSkipKeys,
  kAllowNan,
};

// What is on the stack.
enum class Source : u8 {
  kSequence,  // `items` is a list or tuple
  kDict,      // `items` is an exact dict, `at` counts its entries
  kPairs,     // `items` is a List of keys and values in turn
  kTuples,    // `items` is a List of what items() gave
  kNothing,   // of an object that default() stands for
};
struct Level {
  Value source;
  Value object;  // what is being written, for circular references
  Value items;
  Value at;
  Value empty;  // nothing is written yet
};
constexpr u64 kLevelWords = sizeof(Level) / sizeof(Value);
constexpr u64 kFirstLevels = 8;

// What becomes of an answer.
enum class After : u8 {
  kStart,    // there is none: an object to be written
  kGoOn,     // it is not wanted
  kDefault,  // an object that stands for another one
  kString,   // the text of a string
  kKey,      // the text of a key
  kItems,    // a list of what items() gave
};

// Why writing stopped.
enum class Stop : u8 { kDone, kAsk, kItems, kSort, kPause, kRaised };

class Encoder {
 public:
  Encoder(Runtime& rt, Frame& f)
      : rt_(rt), f_(f), options_(*to<Tuple>(f[kOptions])), quoting_(options_.items[kQuoting].as_int()) {}

  Stop go_on(After after, Value answer) {
    stop_ = Stop::kDone;
    if (take(after, answer)) write_levels();
    // Whoever runs now may change what is being written.
    if (stop_ != Stop::kDone && stop_ != Stop::kRaised) copy_dicts();
    if (stop_ != Stop::kRaised && !flush()) stop_ = Stop::kRaised;
    return stop_;
  }

 private:
  Value option(u32 which) const { return options_.items[which]; }

  bool raised(Result) {
    stop_ = Stop::kRaised;
    return false;
  }
  bool ask(Stop stop, After after, Value about) {
    f_[kAsked] = about;
    f_[kAfter] = Value::from_int(static_cast<i64>(after));
    stop_ = stop;
    return false;
  }

  bool flush() {
    if (text_.length() == 0) return true;
    const Result chunk = finish_text(rt_, text_);
    if (!chunk.is_value()) return false;
    list_append(rt_, *to<List>(f_[kChunks]), chunk.value());
    text_.clear();
    return true;
  }

  // --- the stack

  u64 depth() const { return static_cast<u64>(f_[kDepth].as_int()); }
  Level& level(u64 number) const {
    return *reinterpret_cast<Level*>(to<Array>(f_[kStack])->items + number * kLevelWords);
  }
  Level& top() const { return level(depth() - 1); }

  bool is_being_written(Value v) const {
    for (u64 i = depth(); i-- > 0;)
      if (level(i).object == v) return true;
    return false;
  }

  bool push(Source source, Value object, Value items) {
    if (option(kCircular).is_true() && is_being_written(object))
      return raised(raise(rt_, TypeId::ValueError, "Circular reference detected"));
    const u64 number = depth();
    if (number >= rt_.recursion_limit)
      return raised(raise(rt_, TypeId::RecursionError,
                          "maximum recursion depth exceeded while encoding a JSON object"));
    Array* stack = to<Array>(f_[kStack]);
    if ((number + 1) * kLevelWords > stack->capacity) {
      Array* larger = new_array(rt_, stack->capacity * 2);
      std::memcpy(larger->items, stack->items, stack->capacity * sizeof(Value));
      f_[kStack] = Value::from(larger);
      stack = larger;
    }
    f_[kDepth] = Value::from_int(static_cast<i64>(number + 1));
    top() = {Value::from_int(static_cast<i64>(source)), object, items, Value::from_int(0),
             Value::from_bool(true)};
    rt_.heap.wrote(stack);
    return true;
  }
  void pop() {
    top() = Level{};
    f_[kDepth] = Value::from_int(static_cast<i64>(depth() - 1));
  }

  // Dicts become lists of the items that are still to be written.
  void copy_dicts() {
    for (u64 i = 0; i < depth(); ++i) {
      if (level(i).source.as_int() != static_cast<i64>(Source::kDict)) continue;
      List* pairs = new_list(rt_);
      u64 at = static_cast<u64>(level(i).at.as_int());
      Value key, value;
      while (dict_next(*to<Dict>(level(i).items), at, key, value)) {
        list_append(rt_, *pairs, key);
        list_append(rt_, *pairs, value);
      }
      level(i).source = Value::from_int(static_cast<i64>(Source::kPairs));
      level(i).items = Value::from(pairs);
      level(i).at = Value::from_int(0);
      rt_.heap.wrote(f_[kStack].object());
    }
  }

  // --- what stands for itself

  void put(Value separator) { append_str(text_, to<Str>(separator)); }
  bool put_ascii(std::string_view ascii) {
    text_.append_ascii(ascii);
    return true;
  }

  bool float_text(f64 d, std::string& text) {
    if (std::isfinite(d)) return text = double_repr(d), true;
    text = d > 0 ? "Infinity" : d < 0 ? "-Infinity" : "NaN";
    return option(kAllowNan).is_true() ||
           raised(raise(rt_, TypeId::ValueError, "Out of range float values are not JSON compliant"));
  }
  bool put_float(f64 d) {
    std::string text;
    return float_text(d, text) && put_ascii(text);
  }

  bool int_text(Value v, std::string& text) {
    const Result r = int_to_digits(rt_, v, 10, text);
    return !r.is_raised() || raised(r);
  }
  bool put_int(Value v) {
    i64 n;
    char digits[24];
    if (int_to_i64(v, n)) return put_ascii(decimal_text(n, digits));
    std::string text;
    return int_text(v, text) && put_ascii(text);
  }

  // By the native function that the encoder is, or by asking it.
  bool put_string(Value v, After after) {
    if (LISLE_UNLIKELY(quoting_ == 0)) return ask(Stop::kAsk, after, v);
    append_json_string(text_, to<Str>(v), static_cast<JsonQuoting>(quoting_ - 1));
    return true;
  }

  // False: the program comes next, or something is wrong.
  bool put_value(Value v) {
    if (v.is_int()) return put_int(v);
    if (v.is_none()) return put_ascii("null");
    if (v.is_bool()) return put_ascii(v.is_true() ? "true" : "false");
    if (v.is_double()) return put_float(v.as_double());
    if (!v.is_object()) return put_other(v);
    switch (v.object()->kind) {
      case Kind::Str:
        return put_string(v, After::kString);
      case Kind::Int:
        return put_int(v);
      case Kind::Float:
        return put_float(to<Float>(v)->number);
      case Kind::List:
        return open_sequence(v, to<List>(v)->size);
      case Kind::Tuple:
        return open_sequence(v, to<Tuple>(v)->size);
      case Kind::Dict:
        return open_dict(v);
      default:
        return put_other(v);
    }
  }

  bool put_other(Value v) {
    return push(Source::kNothing, v, Value::none()) && ask(Stop::kAsk, After::kDefault, v);
  }

  bool open_sequence(Value v, u64 size) {
    if (size == 0) return put_ascii("[]");
    if (!push(Source::kSequence, v, v)) return false;
    text_.append('[');
    return true;
  }

  bool open_dict(Value v) {
    if (to<Dict>(v)->used == 0) return put_ascii("{}");
    const bool exact = v.object()->shape == Runtime::shape_of(TypeId::Dict);
    if (!push(exact ? Source::kDict : Source::kTuples, v, v)) return false;
    text_.append('{');
    if (!exact) return ask(Stop::kItems, After::kItems, v);
    return !option(kSortKeys).is_true() || sort_exact(*to<Dict>(v));
  }

  // Keys that are all texts are sorted here, others by the program.
  bool sort_exact(Dict& dict) {
    List* keys = new_list(rt_, dict.used);
    List* items = new_list(rt_, dict.used);
    u64 at = 0;
    Value pair[2];
    bool texts = true;
    while (dict_next(dict, at, pair[0], pair[1])) {
      texts = texts && is_exact_str(rt_, pair[0]);
      list_append(rt_, *keys, pair[0]);
      list_append(rt_, *items, Value::from(new_tuple_from(rt_, pair, 2)));
    }
    if (!texts || !list_sort_pure(rt_, *keys)) return sort_items(items);
    List* pairs = new_list(rt_, 2 * keys->size);
    for (u64 i = 0; i < keys->size; ++i) {
      const Value key = keys->items->items[i];
      list_append(rt_, *pairs, key);
      list_append(rt_, *pairs, dict_get_str(rt_, dict, to<Str>(key)));
    }
    return write_from(Source::kPairs, pairs);
  }

  bool sort_items(List* items) {
    write_from(Source::kTuples, items);
    return ask(Stop::kSort, After::kGoOn, Value::from(items));
  }

  // The innermost container is written from there.
  bool write_from(Source source, List* items) {
    top().source = Value::from_int(static_cast<i64>(source));
    top().items = Value::from(items);
    rt_.heap.wrote(f_[kStack].object());
    return true;
  }

  // --- items

  // One more item of the innermost container, or its end.
  bool step() {
    Level& l = top();
    switch (static_cast<Source>(l.source.as_int())) {
      case Source::kSequence:
        return next_item(l);
      case Source::kNothing:
        pop();
        return true;
      default:
        return next_pair(l);
    }
  }

  bool next_item(Level& l) {
    const u64 at = static_cast<u64>(l.at.as_int());
    const List* list = as<List>(l.items);
    const u64 size = list ? list->size : to<Tuple>(l.items)->size;
    if (at >= size) {
      text_.append(']');
      pop();
      return true;
    }
    if (at > 0) put(option(kItemSeparator));
    l.at = Value::from_int(static_cast<i64>(at + 1));
    return put_value(list ? list->items->items[at] : to<Tuple>(l.items)->items[at]);
  }

  // Where `l.at` stands; false at the end. A wrong item is raised.
  bool read_pair(Level& l, Value& key, Value& value) {
    u64 at = static_cast<u64>(l.at.as_int());
    if (static_cast<Source>(l.source.as_int()) == Source::kDict) {
      if (!dict_next(*to<Dict>(l.items), at, key, value)) return false;
      l.at = Value::from_int(static_cast<i64>(at));
      return true;
    }
    const List& items = *to<List>(l.items);
    if (at >= items.size) return false;
    if (static_cast<Source>(l.source.as_int()) == Source::kPairs) {
      key = items.items->items[at];
      value = items.items->items[at + 1];
      l.at = Value::from_int(static_cast<i64>(at + 2));
      return true;
    }
    const Tuple* pair = as<Tuple>(items.items->items[at]);
    if (!pair || pair->size != 2) return raised(raise(rt_, TypeId::ValueError, "items must return 2-tuples"));
    key = pair->items[0];
    value = pair->items[1];
    l.at = Value::from_int(static_cast<i64>(at + 1));
    return true;
  }

  bool next_pair(Level& l) {
    Value key, value;
    if (!read_pair(l, key, value)) {
      if (stop_ == Stop::kRaised) return false;
      text_.append('}');
      pop();
      return true;
    }
    const bool skipped = !is_str(key) && !key_text(key);
    if (stop_ == Stop::kRaised || skipped) return stop_ != Stop::kRaised;
    if (!l.empty.is_true()) put(option(kItemSeparator));
    l.empty = Value::from_bool(false);
    f_[kPending] = value;
    return put_string(key, After::kKey) && put_pending();
  }

  bool put_pending() {
    put(option(kKeySeparator));
    return put_value(f_[kPending]);
  }

  // Makes the text of a key that is no str; false where it is left out, or something is wrong.
  bool key_text(Value& key) {
    std::string text;
    if (is_float(key)) {
      if (!float_text(float_value(key), text)) return false;
    } else if (key.is_none()) {
      text = "null";
    } else if (key.is_bool()) {
      text = key.is_true() ? "true" : "false";
    } else if (key.is_int() || is_kind(key, Kind::Int)) {
      if (!int_text(key, text)) return false;
    } else {
      return option(kSkipKeys).is_true()
                 ? false
                 : raised(raise(rt_, TypeId::TypeError, "keys must be str, int, float, bool or None, not %s",
                                type_name(rt_, key)));
    }
    key = Value::from(new_str_ascii(rt_, text));
    return true;
  }

  // --- the whole

  bool put_answer(Value answer) {
    if (!is_str(answer))
      return raised(
          raise(rt_, TypeId::TypeError, "encoder() must return a string, not %s", type_name(rt_, answer)));
    append_str(text_, to<Str>(answer));
    return true;
  }

  bool take(After after, Value answer) {
    switch (after) {
      case After::kStart:
        return put_value(f_[kObject]);
      case After::kGoOn:
        return true;
      case After::kDefault:
        return put_value(answer);
      case After::kString:
        return put_answer(answer);
      case After::kKey:
        return put_answer(answer) && put_pending();
      case After::kItems:
        return option(kSortKeys).is_true() ? sort_items(to<List>(answer))
                                           : write_from(Source::kTuples, to<List>(answer));
    }
    LISLE_UNREACHABLE();
  }

  void write_levels() {
    for (i64 left = kPieceOfWork; depth() > 0;) {
      if (--left == 0) {
        (void)ask(Stop::kPause, After::kGoOn, Value::none());
        return;
      }
      if (!step()) return;
    }
  }

  Runtime& rt_;
  Frame& f_;
  const Tuple& options_;
  const i64 quoting_;
  TextBuffer text_;
  Stop stop_ = Stop::kDone;
};

void begin(Runtime& rt, Frame& f) {
  f[kChunks] = Value::from(new_list(rt));
  f[kStack] = Value::from(new_array(rt, kFirstLevels * kLevelWords));
  f[kDepth] = Value::from_int(0);
  f[kAfter] = Value::from_int(static_cast<i64>(After::kStart));
}

Stop encode_some(Runtime& rt, Frame& f, Value answer) {
  return Encoder(rt, f).go_on(static_cast<After>(f[kAfter].as_int()), answer);
}

Value asked_callable(Frame& f) {
  const bool is_default = f[kAfter].as_int() == static_cast<i64>(After::kDefault);
  return to<Tuple>(f[kOptions])->items[is_default ? kDefault : kEncoder];
}

// options, object, indent → list of texts.
Result json_encode(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  Stop stop;
  switch (f.step()) {
    case 0:
      begin(rt, f);
      r = Result::none();
      for (;;) {
        stop = encode_some(rt, f, r.value());
        if (stop == Stop::kDone) return f[kChunks];
        if (stop == Stop::kRaised) return Result::raised();
        if (stop == Stop::kItems) {
          AWAIT(1, call_method(rt, f, f[kAsked], intern(rt, "items"), {}));
          AWAIT(2, list_of(rt, f, r.value()));
        } else if (stop == Stop::kSort) {
          AWAIT(3, call_method(rt, f, f[kAsked], intern(rt, "sort"), {}));
        } else if (stop == Stop::kPause) {
          AWAIT(4, pause(rt, f));
        } else {
          AWAIT(5, call(rt, f, asked_callable(f), {f[kAsked]}));
        }
      }
  }
  LISLE_UNREACHABLE();
}

template <JsonQuoting quoting>
Result quote_string(Runtime& rt, Frame& f) {
  if (!is_str(f[0]))
    return raise(rt, TypeId::TypeError, "first argument must be a string, not %s", type_name(rt, f[0]));
  TextBuffer text;
  append_json_string(text, to<Str>(f[0]), quoting);
  return finish_text(rt, text);
}

constexpr NativeSpec kFunctions[] = {
    {"encode", json_encode, "(options, obj, indent, /)", nullptr, kRegisters},
    {"encode_basestring", quote_string<JsonQuoting::kUnicode>, "(string, /)",
     "encode_basestring(string) -> string\n\nReturn a JSON representation of a Python string"},
    {"encode_basestring_ascii", quote_string<JsonQuoting::kAscii>, "(string, /)",
     "encode_basestring_ascii(string) -> string\n\n"
     "Return an ASCII-only JSON representation of a Python string"},
};

void set_up(Runtime& rt, Module& module) {
  for (auto functions : {std::span<const NativeSpec>(kFunctions), json_scan_functions()}) {
    for (const NativeSpec& spec : functions)
      module_set(rt, module, spec.name,
                 Value::from(new_native(rt, spec, nullptr, Value::from(intern(rt, "_json")))));
  }
}

}  // namespace

extern const ModuleSpec kJsonModule;
const ModuleSpec kJsonModule = {"_json_core", "The inner loops of the json module.", kFunctions, set_up};

}  // namespace lisle::rt
