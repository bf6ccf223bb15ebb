// Implements constants.h.
#include "vm/bytecode/constants.h"

#include <algorithm>
#include <bit>
#include <cctype>
#include <cstring>

#include "runtime/protocols/compare.h"
#include "runtime/support/text.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/set.h"
#include "vm/bytecode/op_info.h"

namespace lisle::bc {

using rt::Kind;
using rt::Value;

namespace {

u64 mix(u64 hash, u64 word) {
  return (std::rotl(hash, 23) ^ word) * 0x9e3779b97f4a7c15;
}

u64 mix_bytes(u64 hash, const u8* bytes, size_t count) {
  for (; count >= 8; bytes += 8, count -= 8) {
    u64 word;
    std::memcpy(&word, bytes, 8);
    hash = mix(hash, word);
  }
  u64 rest = count;
  for (size_t i = 0; i < count; ++i) rest = rest << 8 | bytes[i];
  return mix(hash, rest);
}

std::vector<Value> set_items(const rt::Set& set) {
  std::vector<Value> items;
  u64 at = 0;
  Value key;
  i64 hash;
  while (rt::set_next(set, at, key, hash)) items.push_back(key);
  return items;
}

bool same_list(const Value* a, const Value* b, u64 count) {
  for (u64 i = 0; i < count; ++i) {
    if (!same_constant(a[i], b[i])) return false;
  }
  return true;
}

}  // namespace

bool same_constant(Value a, Value b) {
  if (a == b) return true;
  if (!a.is_object() || !b.is_object() || a.object()->kind != b.object()->kind) return false;
  switch (a.object()->kind) {
    case Kind::Str:
      return rt::str_equal(rt::to<rt::Str>(a), rt::to<rt::Str>(b));
    case Kind::Int:
      return rt::int_compare(a, b) == 0;
    case Kind::Float:
      return std::bit_cast<u64>(rt::to<rt::Float>(a)->number) ==
             std::bit_cast<u64>(rt::to<rt::Float>(b)->number);
    case Kind::Complex: {
      auto *x = rt::to<rt::Complex>(a), *y = rt::to<rt::Complex>(b);
      return std::bit_cast<u64>(x->real) == std::bit_cast<u64>(y->real) &&
             std::bit_cast<u64>(x->imag) == std::bit_cast<u64>(y->imag);
    }
    case Kind::Bytes:
      return rt::to<rt::Bytes>(a)->view() == rt::to<rt::Bytes>(b)->view();
    case Kind::Tuple: {
      auto *x = rt::to<rt::Tuple>(a), *y = rt::to<rt::Tuple>(b);
      return x->size == y->size && same_list(x->items, y->items, x->size);
    }
    case Kind::Set: {
      std::vector<Value> x = set_items(*rt::to<rt::Set>(a)), y = set_items(*rt::to<rt::Set>(b));
      return x.size() == y.size() && same_list(x.data(), y.data(), x.size());
    }
    default:
      return false;
  }
}

u64 constant_hash(Value v) {
  constexpr u64 kSeed = 0x51ed270b7a3c;
  if (!v.is_object()) return mix(kSeed, v.bits()) >> 16;
  u64 hash = mix(kSeed, static_cast<u64>(v.object()->kind));
  switch (v.object()->kind) {
    case Kind::Str: {
      auto* s = rt::to<rt::Str>(v);
      return mix_bytes(hash, s->data, s->length << s->width_log2()) >> 16;
    }
    case Kind::Bytes: {
      auto* b = rt::to<rt::Bytes>(v);
      return mix_bytes(hash, b->data, b->length) >> 16;
    }
    case Kind::Float:
      return mix(hash, std::bit_cast<u64>(rt::to<rt::Float>(v)->number)) >> 16;
    case Kind::Int:
      return mix(hash, rt::to<rt::Int>(v)->limbs[0]) >> 16;
    case Kind::Tuple: {
      auto* t = rt::to<rt::Tuple>(v);
      for (u64 i = 0; i < t->size; ++i) hash = mix(hash, constant_hash(t->items[i]));
      return hash >> 16;
    }
    default:
      return hash >> 16;
  }
}

namespace {

rt::Set* filled_set(rt::Runtime& rt, const Value* keys, u64 count) {
  rt::Set* set = rt::new_set(rt, rt::TypeId::FrozenSet);
  for (u64 i = 0; i < count; ++i) {
    i64 hash = 0;
    u64 slot;
    if (rt::quick_hash(rt, keys[i], hash) &&
        rt::set_probe(rt, *set, keys[i], hash, slot) == rt::SetProbe::kAbsent) {
      rt::set_insert_new(rt, *set, keys[i], hash);
    }
  }
  return set;
}

}  // namespace

// A set of the same keys, put in as `from` lists them.
static rt::Set* filled_again(rt::Runtime& rt, const rt::Set& from) {
  rt::List* order = rt::new_list(rt, from.used);
  u64 position = 0;
  Value key;
  i64 hash;
  while (rt::set_next(from, position, key, hash)) rt::list_append(rt, *order, key);
  return filled_set(rt, order->size ? order->items->items : nullptr, order->size);
}

static bool is_name_of_one(Value key) {
  auto* text = rt::as<rt::Str>(key);
  if (!text || text->length != 1) return false;
  const u32 c = text->at(0);
  return c == '_' || (c < 128 && isalnum(static_cast<int>(c)));
}

// CPython's compiler makes the set, makes it again when it merges constants, and once more when it finds a
// string among the keys that is interned already: texts of one character are. Each time the order may change.
Value new_frozenset(rt::Runtime& rt, const std::vector<Value>& keys) {
  rt::Tuple* listed = rt::new_tuple_from(rt, keys.data(), keys.size());
  rt::Set* set = filled_set(rt, keys.data(), keys.size());
  set = filled_again(rt, *set);
  if (std::any_of(keys.begin(), keys.end(), is_name_of_one)) set = filled_again(rt, *set);
  set->finger = Value::from(listed);
  rt.heap.wrote(set);
  return Value::from(set);
}

std::string text_of(const rt::Str* s) {
  rt::TextBuffer buffer;
  return std::string(rt::str_utf8(s, buffer));
}

void write_quoted(std::string& out, const rt::Str* s) {
  static constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  for (u64 i = 0; i < s->length; ++i) {
    u32 c = s->at(i);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += static_cast<char>(c);
    } else if (c >= 32 && c < 127) {
      out += static_cast<char>(c);
    } else {
      out += "\\U";
      for (int shift = 28; shift >= 0; shift -= 4) out += kHex[c >> shift & 15];
    }
  }
  out += '"';
}

void inline_constants(const rt::Code& code, std::vector<rt::Value>& out) {
  auto add_int = [&](u16 operand) { out.push_back(rt::Value::from_int(static_cast<i16>(operand))); };
  for (u64 at = 0; at < code.instruction_count;) {
    Instruction i = std::bit_cast<Instruction>(code.word(at));
    switch (i.op) {
      case Op::LoadInt:
        out.push_back(rt::Value::from_int(i.wide()));
        break;
      case Op::LoadImmediate: {
        rt::Value v = rt::Value::from_bits(i.b);
        if (v.is_none() || v.is_bool()) out.push_back(v);
        break;
      }
      // Negative operands stand for subtraction.
      case Op::AddImm:
      case Op::IAddImm:
        out.push_back(rt::Value::from_int(std::abs(static_cast<i16>(i.c))));
        break;
      case Op::BranchLtImm:
      case Op::BranchLeImm:
      case Op::BranchEqImm:
      case Op::BranchNeImm:
      case Op::BranchGtImm:
      case Op::BranchGeImm:
        add_int(i.b);
        break;
      default:
        break;
    }
    at += 1 + info(i.op).words;
  }
}

}  // namespace lisle::bc
