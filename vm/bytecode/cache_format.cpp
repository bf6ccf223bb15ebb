// Implements cache_format.h. Numbers are little-endian base-128; a string stands where it is first used and
// is a number afterwards.
#include "vm/bytecode/cache_format.h"

#include <bit>
#include <cstring>

#include "runtime/support/text.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/set.h"
#include "vm/bytecode/constants.h"
#include "vm/bytecode/emit.h"
#include "vm/bytecode/op_info.h"
#include "vm/bytecode/verify.h"

namespace lisle::bc {

using rt::Kind;
using rt::Value;

namespace {

constexpr std::string_view kMagic = "LISLEBC1";
constexpr size_t kHeaderBytes = 24;  // magic, opcode table, checksum

enum class Tag : u8 {
  None,
  True,
  False,
  Ellipsis,
  Small,
  Big,
  NegativeBig,
  Float,
  Complex,
  Text,
  Bytes,
  Tuple,
  FrozenSet,
  Code,
  Null
};

class Writer {
 public:
  // A bare writer leaves out where the code stands in which file, and how its strings are shared.
  explicit Writer(bool bare = false) : bare_(bare) {}
  std::string out;

  void code(const rt::Code& c) {
    for (u64 n : {u64{c.flags}, u64{c.arg_count}, u64{c.posonly_count}, u64{c.kwonly_count},
                  u64{c.register_count}, u64{c.local_count}, bare_ ? 0 : u64{c.first_line}}) {
      number(n);
    }
    text(c.name);
    text(c.qualname);
    if (!bare_) text(c.filename);
    value(c.doc);
    for (rt::Tuple* tuple : {c.consts, c.names, c.locals, c.cell_names, c.free_names})
      values(tuple->items, tuple->size);
    number(c.instruction_count);
    instructions(c);
    raw(c.exception_table);
    if (!bare_) raw(c.line_table);
  }

 private:
  void number(u64 n) {
    for (; n >= 0x80; n >>= 7) out += static_cast<char>(n | 0x80);
    out += static_cast<char>(n);
  }
  void word(u64 w) { out.append(reinterpret_cast<const char*>(&w), 8); }
  void tag(Tag t) { out += static_cast<char>(t); }

  void raw(const rt::Raw* r) {
    number(r->capacity);
    out.append(reinterpret_cast<const char*>(r->bytes), r->capacity);
  }

  // What a run has left in the code, caches and feedback, is not part of it.
  void instructions(const rt::Code& c) {
    for (u64 at = 0; at < c.instruction_count;) {
      Instruction i = std::bit_cast<Instruction>(c.word(at));
      i.feedback = 0;
      word(std::bit_cast<u64>(i));
      const OpInfo& op = info(i.op);
      for (u8 k = 1; k <= op.words; ++k) word(op.has('K') ? 0 : c.instructions[at + k]);
      at += 1 + op.words;
    }
  }

  void text(const rt::Str* s) {
    for (size_t k = bare_ ? 0 : seen_.size(); k-- > 0;) {
      if (seen_[k] == s) return number(k + 1);
      if (seen_.size() - k > kLookBack) break;
    }
    seen_.push_back(s);
    number(0);
    out += static_cast<char>(s->is_interned() && !bare_);
    rt::TextBuffer scratch;
    std::string_view utf8 = rt::str_utf8(s, scratch);
    number(utf8.size());
    out += utf8;
  }

  void values(const Value* items, u64 count) {
    number(count);
    for (u64 k = 0; k < count; ++k) value(items[k]);
  }

  void integer(Value v) {
    i64 small;
    if (rt::int_to_i64(v, small)) {
      tag(Tag::Small);
      return word(static_cast<u64>(small));
    }
    auto* n = rt::to<rt::Int>(v);
    tag(n->size < 0 ? Tag::NegativeBig : Tag::Big);
    number(n->limb_count());
    for (u64 k = 0; k < n->limb_count(); ++k) word(n->limbs[k]);
  }

  void value(Value v) {
    if (v.is_none()) return tag(Tag::None);
    if (v.is_bool()) return tag(v.is_true() ? Tag::True : Tag::False);
    if (v.is_ellipsis()) return tag(Tag::Ellipsis);
    if (v.is_int() || rt::is_kind(v, Kind::Int)) return integer(v);
    if (rt::is_float(v)) {
      tag(Tag::Float);
      return word(std::bit_cast<u64>(rt::float_value(v)));
    }
    if (auto* c = rt::as<rt::Complex>(v)) {
      tag(Tag::Complex);
      word(std::bit_cast<u64>(c->real));
      return word(std::bit_cast<u64>(c->imag));
    }
    if (auto* s = rt::as<rt::Str>(v)) {
      tag(Tag::Text);
      return text(s);
    }
    if (auto* b = rt::as<rt::Bytes>(v)) {
      tag(Tag::Bytes);
      number(b->length);
      out += b->view();
      return;
    }
    if (auto* t = rt::as<rt::Tuple>(v)) {
      tag(Tag::Tuple);
      return values(t->items, t->size);
    }
    if (auto* set = rt::as<rt::Set>(v)) return frozenset(*set);
    if (auto* inner = rt::as<rt::Code>(v)) {
      tag(Tag::Code);
      return code(*inner);
    }
    tag(Tag::Null);  // no constant is of another kind; reading refuses this
  }

  // As the source lists the keys; the table is another under each key of hashes.
  void frozenset(const rt::Set& set) {
    tag(Tag::FrozenSet);
    const rt::Tuple* listed = rt::to<rt::Tuple>(set.finger);
    values(listed->items, listed->size);
  }

  static constexpr size_t kLookBack = 64;
  std::vector<const rt::Str*> seen_;
  bool bare_;
};

class Reader {
 public:
  Reader(rt::Runtime& rt, Anchor& anchor, std::string_view bytes) : rt_(rt), anchor_(anchor), bytes_(bytes) {}

  bool finished() const { return good_ && at_ == bytes_.size(); }

  rt::Code* code() {
    constexpr u32 kMostDepth = 1000;
    if (++depth_ > kMostDepth) return fail<rt::Code>();
    u32 head[7];
    for (u32& n : head) n = static_cast<u32>(number());
    rt::Str* name = text();
    rt::Str* qualname = text();
    rt::Str* filename = text();
    Value doc = value();
    rt::Tuple* tables[5];
    for (rt::Tuple*& table : tables) table = tuple();
    u64 count = number();
    rt::Raw* body = raw(count, 8);
    rt::Raw* exceptions = raw(number(), 1);
    rt::Raw* lines = raw(number(), 1);
    --depth_;
    if (!good_) return nullptr;
    rt::Code* code = rt::new_code(rt_);
    code->flags = head[0];
    code->arg_count = head[1];
    code->posonly_count = head[2];
    code->kwonly_count = head[3];
    code->register_count = head[4];
    code->local_count = head[5];
    code->first_line = head[6];
    code->instruction_count = count;
    code->body = body;
    code->consts = tables[0];
    code->names = tables[1];
    code->locals = tables[2];
    code->cell_names = tables[3];
    code->free_names = tables[4];
    code->exception_table = exceptions;
    code->line_table = lines;
    code->name = name;
    code->qualname = qualname;
    code->filename = filename;
    code->doc = doc;
    complete(*code);
    return anchor_.keep(code);
  }

 private:
  template <class T>
  T* fail() {
    good_ = false;
    return nullptr;
  }
  size_t left() const { return bytes_.size() - at_; }

  u8 byte() {
    if (!good_ || left() == 0) {
      good_ = false;
      return 0;
    }
    return static_cast<u8>(bytes_[at_++]);
  }

  u64 number() {
    u64 n = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      u8 b = byte();
      n |= static_cast<u64>(b & 0x7f) << shift;
      if (b < 0x80) return n;
    }
    good_ = false;
    return 0;
  }

  u64 word() {
    u64 w = 0;
    std::string_view bytes = take(8);
    if (good_) std::memcpy(&w, bytes.data(), 8);
    return w;
  }

  std::string_view take(u64 count) {
    if (!good_ || count > left()) {
      good_ = false;
      return {};
    }
    std::string_view part = bytes_.substr(at_, count);
    at_ += count;
    return part;
  }

  rt::Raw* raw(u64 count, u64 unit) {
    if (!good_ || count > left() / unit) return fail<rt::Raw>();
    std::string_view part = take(count * unit);
    rt::Raw* raw = anchor_.keep(rt::new_raw(rt_, part.size()));
    std::memcpy(raw->bytes, part.data(), part.size());
    return raw;
  }

  rt::Str* text() {
    u64 index = number();
    if (!good_ || index > texts_.size()) return fail<rt::Str>();
    if (index > 0) return texts_[index - 1];
    bool interned = byte() != 0;
    std::string_view utf8 = take(number());
    if (!good_) return nullptr;
    rt::Str* s = interned ? rt::intern(rt_, utf8) : rt::new_str(rt_, utf8);
    texts_.push_back(anchor_.keep(s));
    return s;
  }

  rt::Tuple* tuple() {
    u64 count = number();
    if (!good_ || count > left()) return fail<rt::Tuple>();
    std::vector<Value> items = values(count);
    return good_ ? anchor_.keep(rt::new_tuple_from(rt_, items.data(), items.size())) : nullptr;
  }

  // The values are kept by the anchor while they stand in the vector.
  std::vector<Value> values(u64 count) {
    std::vector<Value> items;
    for (u64 k = 0; k < count && good_; ++k) items.push_back(anchor_.keep(value()));
    return items;
  }

  Value integer(bool negative) {
    u64 count = number();
    if (!good_ || count > left() / 8) {
      good_ = false;
      return Value::none();
    }
    std::vector<u64> limbs;
    for (u64 k = 0; k < count; ++k) limbs.push_back(word());
    return rt::new_int_limbs(rt_, limbs.data(), limbs.size(), negative);
  }

  Value frozenset() {
    u64 count = number();
    if (!good_ || count > left()) {
      good_ = false;
      return Value::none();
    }
    std::vector<Value> keys = values(count);
    return good_ ? new_frozenset(rt_, keys) : Value::none();
  }

  Value value() {
    constexpr u32 kMostDepth = 3000;
    struct Depth {
      u32& depth;
      ~Depth() { --depth; }
    } guard{value_depth_};
    if (++value_depth_ > kMostDepth) good_ = false;
    switch (static_cast<Tag>(byte())) {
      case Tag::None:
        return Value::none();
      case Tag::True:
        return Value::true_();
      case Tag::False:
        return Value::false_();
      case Tag::Ellipsis:
        return Value::ellipsis();
      case Tag::Small:
        return rt::new_int(rt_, static_cast<i64>(word()));
      case Tag::Big:
        return integer(false);
      case Tag::NegativeBig:
        return integer(true);
      case Tag::Float:
        return rt::new_float(rt_, std::bit_cast<f64>(word()));
      case Tag::Complex: {
        f64 real = std::bit_cast<f64>(word());
        return rt::new_complex(rt_, real, std::bit_cast<f64>(word()));
      }
      case Tag::Text:
        return object(text());
      case Tag::Bytes: {
        std::string_view bytes = take(number());
        return good_ ? Value::from(rt::new_bytes(rt_, bytes)) : Value::none();
      }
      case Tag::Tuple:
        return object(tuple());
      case Tag::FrozenSet:
        return frozenset();
      case Tag::Code:
        return object(code());
      default:
        good_ = false;
        return Value::none();
    }
  }

  static Value object(const rt::Object* o) { return o ? Value::from(o) : Value::none(); }

  rt::Runtime& rt_;
  Anchor& anchor_;
  std::string_view bytes_;
  size_t at_ = 0;
  bool good_ = true;
  u32 depth_ = 0, value_depth_ = 0;
  std::vector<rt::Str*> texts_;
};

void put_word(std::string& out, u64 w) {
  out.append(reinterpret_cast<const char*>(&w), 8);
}

u64 word_at(std::string_view bytes, size_t at) {
  u64 w;
  std::memcpy(&w, bytes.data() + at, 8);
  return w;
}

}  // namespace

u64 content_hash(std::string_view bytes) {
  u64 hash = 0x9e3779b97f4a7c15 ^ bytes.size();
  auto mix = [&](u64 w) { hash = std::rotl(hash ^ w * 0xff51afd7ed558ccd, 29) * 0xc4ceb9fe1a85ec53; };
  size_t at = 0;
  for (; at + 8 <= bytes.size(); at += 8) mix(word_at(bytes, at));
  u64 rest = 0;
  for (; at < bytes.size(); ++at) rest = rest << 8 | static_cast<u8>(bytes[at]);
  mix(rest);
  return hash ^ hash >> 32;
}

std::string serialise(const rt::Code& code) {
  Writer writer;
  writer.code(code);
  std::string out(kMagic);
  put_word(out, kOpcodeTableHash);
  put_word(out, content_hash(writer.out));
  return out + writer.out;
}

rt::Code* deserialise_or_say(rt::Runtime& rt, std::string_view bytes, std::string& why) {
  why = "it is no bytecode";
  if (bytes.size() < kHeaderBytes || bytes.substr(0, kMagic.size()) != kMagic) return nullptr;
  why = "it was compiled for another instruction set";
  if (word_at(bytes, 8) != kOpcodeTableHash) return nullptr;
  why = "it is damaged";
  std::string_view payload = bytes.substr(kHeaderBytes);
  if (word_at(bytes, 16) != content_hash(payload)) return nullptr;
  Anchor anchor(rt);
  Reader reader(rt, anchor, payload);
  rt::Code* code = reader.code();
  return code && reader.finished() && verify(*code, why) ? code : nullptr;
}

rt::Code* deserialise(rt::Runtime& rt, std::string_view bytes) {
  std::string why;
  return deserialise_or_say(rt, bytes, why);
}

u64 fingerprint(const rt::Code& code) {
  Writer writer(true);
  writer.code(code);
  return content_hash(writer.out) ^ kOpcodeTableHash;
}

}  // namespace lisle::bc
