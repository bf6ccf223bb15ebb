// The modules _md5, _sha1, _sha256, _sha512, _sha3 and _blake2: message digests as objects of hashlib. The
// state lies in the capsule's memory, so that copying an object is copying it.
#include <algorithm>
#include <cstring>
#include <string>

#include "runtime/modules/arguments.h"
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/call.h"
#include "runtime/support/digests.h"
#include "runtime/support/text.h"
#include "runtime/tasks/pause.h"
#include "runtime/types/bytes.h"
#include "runtime/types/capsule.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"

namespace lisle::rt {

namespace {

constexpr u64 kBlake2Key[] = {64, 32};  // the longest key, for BLAKE2b and BLAKE2s
constexpr u64 kBlake2Salt[] = {16, 8};  // of salts and persons

Digest& digest_of(Frame& f) {
  return to<Capsule>(f[0])->state<Digest>();
}

// How much is taken in at once: about a millisecond's worth.
constexpr u64 kPieceOfData = 1 << 19;
constexpr i64 kTicksOfPiece = 100'000;

// Takes in the bytes of `data` from `from` on, a piece at most; where it stands then.
u64 take_in(Digest& state, Value data, u64 from) {
  std::string_view bytes;
  if (!bytes_like(data, bytes) || from >= bytes.size()) return 0;
  u64 count = std::min<u64>(kPieceOfData, bytes.size() - from);
  digest_update(state, reinterpret_cast<const u8*>(bytes.data()) + from, count);
  return from + count < bytes.size() ? from + count : 0;
}

// The hash takes in what `data` holds; `result`.
Result feed(Runtime& rt, Frame& f, Capsule& hash, Value data, Value result) {
  u64 left_at = take_in(hash.state<Digest>(), data, 0);
  if (LISLE_LIKELY(left_at == 0)) return result;
  return call_internal(rt, f, Internal::HashOn,
                       {Value::from(&hash), data, Value::from_int(static_cast<i64>(left_at)), result});
}

// --- methods: values[0] is the name

Result hash_update(Runtime& rt, Frame& f) {
  std::string_view bytes;
  if (is_str(f[1])) {
    return raise(rt, TypeId::TypeError, "Strings must be encoded before hashing");
  }
  if (!bytes_like(f[1], bytes)) {
    return raise(rt, TypeId::TypeError, "object supporting the buffer API required");
  }
  return feed(rt, f, *to<Capsule>(f[0]), f[1], Value::none());
}

// The digest so far; f[1] is the length for functions of any length.
Result finished(Runtime& rt, Frame& f, std::string& out) {
  Digest copy = digest_of(f);
  i64 size = copy.digest_size;
  if (copy.digest_size == 0) {
    TRY(size_argument(rt, f[1], -1, size));
    if (size < 0) return raise(rt, TypeId::ValueError, "value must be positive");
    if (size >= i64{1} << 29) return raise(rt, TypeId::ValueError, "length is too large");
  }
  TRY(require_byte_room(rt, static_cast<u64>(size) * 2));
  out.resize(static_cast<size_t>(size));
  digest_finish(copy, reinterpret_cast<u8*>(out.data()), out.size());
  return Result::none();
}

Result hash_digest(Runtime& rt, Frame& f) {
  std::string bytes;
  TRY(finished(rt, f, bytes));
  return Value::from(new_bytes(rt, bytes));
}

Result hash_hexdigest(Runtime& rt, Frame& f) {
  std::string bytes, text;
  TRY(finished(rt, f, bytes));
  for (char c : bytes) {
    text += "0123456789abcdef"[static_cast<u8>(c) >> 4];
    text += "0123456789abcdef"[static_cast<u8>(c) & 15];
  }
  return Value::from(new_str_latin1(rt, text));
}

Capsule* new_hash(Runtime& rt, Type* type, std::string_view name, const Digest& state) {
  Capsule* capsule = new_capsule(rt, type, sizeof(Digest));
  capsule->state<Digest>() = state;
  auto show = [&](const char* attribute, Value v) {
    set_own_attribute(rt, capsule, intern(rt, attribute), v);
  };
  capsule->values[0] = Value::from(intern(rt, name));
  rt.heap.wrote(capsule);
  show("name", capsule->values[0]);
  show("digest_size", Value::from_int(state.digest_size));
  show("block_size", Value::from_int(state.block_size));
  return capsule;
}

Result hash_copy(Runtime& rt, Frame& f) {
  Capsule* self = to<Capsule>(f[0]);
  TextBuffer scratch;
  std::string name(str_utf8(to<Str>(self->values[0]), scratch));
  return Value::from(new_hash(rt, type_of(rt, f[0]), name, digest_of(f)));
}

// --- constructors

// data, usedforsecurity.
Result new_digest(Runtime& rt, Frame& f, const char* module, DigestKind kind, const char* name) {
  Digest state;
  digest_start(state, kind);
  std::string_view bytes;
  if (is_str(f[0])) return raise(rt, TypeId::TypeError, "Strings must be encoded before hashing");
  if (!f[0].is_unbound() && !bytes_like(f[0], bytes)) {
    return raise(rt, TypeId::TypeError, "object supporting the buffer API required");
  }
  Type* type = module_class(rt, module, "_hash");
  if (type == nullptr) return raise(rt, TypeId::RuntimeError, "the module %s is gone", module);
  Capsule* hash = new_hash(rt, type, name, state);
  return feed(rt, f, *hash, f[0], Value::from(hash));
}

Result new_md5(Runtime& rt, Frame& f) {
  return new_digest(rt, f, "_md5", DigestKind::kMd5, "md5");
}
Result new_sha1(Runtime& rt, Frame& f) {
  return new_digest(rt, f, "_sha1", DigestKind::kSha1, "sha1");
}
Result new_sha224(Runtime& rt, Frame& f) {
  return new_digest(rt, f, "_sha256", DigestKind::kSha224, "sha224");
}
Result new_sha256(Runtime& rt, Frame& f) {
  return new_digest(rt, f, "_sha256", DigestKind::kSha256, "sha256");
}
Result new_sha384(Runtime& rt, Frame& f) {
  return new_digest(rt, f, "_sha512", DigestKind::kSha384, "sha384");
}
Result new_sha512(Runtime& rt, Frame& f) {
  return new_digest(rt, f, "_sha512", DigestKind::kSha512, "sha512");
}
Result new_sha3_224(Runtime& rt, Frame& f) {
  return new_digest(rt, f, "_sha3_core", DigestKind::kSha3_224, "sha3_224");
}
Result new_sha3_256(Runtime& rt, Frame& f) {
  return new_digest(rt, f, "_sha3_core", DigestKind::kSha3_256, "sha3_256");
}
Result new_sha3_384(Runtime& rt, Frame& f) {
  return new_digest(rt, f, "_sha3_core", DigestKind::kSha3_384, "sha3_384");
}
Result new_sha3_512(Runtime& rt, Frame& f) {
  return new_digest(rt, f, "_sha3_core", DigestKind::kSha3_512, "sha3_512");
}
Result new_shake_128(Runtime& rt, Frame& f) {
  return new_digest(rt, f, "_shake", DigestKind::kShake128, "shake_128");
}
Result new_shake_256(Runtime& rt, Frame& f) {
  return new_digest(rt, f, "_shake", DigestKind::kShake256, "shake_256");
}

enum Blake2Argument : u32 {
  kClass,
  kData,
  kDigestSize,
  kKey,
  kSalt,
  kPerson,
  kFanout,
  kDepth,
  kLeafSize,
  kNodeOffset,
  kNodeDepth,
  kInnerSize,
  kLastNode,
};

// An int argument of BLAKE2 within its bounds.
Result bounded(Runtime& rt, Value v, i64 fallback, i64 low, i64 high, const char* message, i64& out) {
  TRY(size_argument(rt, v, fallback, out));
  if (out < low || out > high) return raise(rt, TypeId::ValueError, "%s", message);
  return Result::none();
}

// The same for large unsigned numbers, whose excess is another error.
Result large(Runtime& rt, Value v, u64 high, const char* message, u64& out) {
  out = 0;
  if (v.is_unbound()) return Result::none();
  if (is_int_like(v) && int_is_negative(v)) return raise(rt, TypeId::ValueError, "value must be positive");
  if (!is_int_like(v) || !int_to_u64(v, out) || out > high) {
    return raise(rt, is_int_like(v) ? TypeId::OverflowError : TypeId::TypeError, "%s", message);
  }
  return Result::none();
}

// A bytes argument of BLAKE2 that may have so many bytes at most.
Result short_bytes(Runtime& rt, Value v, const char* name, u64 limit, std::string_view& out) {
  if (v.is_unbound()) return Result::none();
  TRY(require_bytes_like(rt, v, out));
  if (out.size() <= limit) return Result::none();
  return raise(rt, TypeId::ValueError, "maximum %s length is %llu bytes", name,
               static_cast<unsigned long long>(limit));
}

Result blake2_parameters(Runtime& rt, Frame& f, bool small, Blake2Parameters& p, std::string_view& key) {
  i64 size, fanout, depth, node_depth, inner;
  u64 leaf, offset;
  std::string_view salt, person;
  i64 longest = static_cast<i64>(kBlake2Key[small]);
  std::string bounds = "digest_size must be between 1 and " + std::to_string(longest) + " bytes";
  TRY(bounded(rt, f[kDigestSize], longest, 1, longest, bounds.c_str(), size));
  TRY(short_bytes(rt, f[kKey], "key", kBlake2Key[small], key));
  TRY(short_bytes(rt, f[kSalt], "salt", kBlake2Salt[small], salt));
  TRY(short_bytes(rt, f[kPerson], "person", kBlake2Salt[small], person));
  TRY(bounded(rt, f[kFanout], 1, 0, 255, "fanout must be between 0 and 255", fanout));
  TRY(bounded(rt, f[kDepth], 1, 1, 255, "depth must be between 1 and 255", depth));
  TRY(large(rt, f[kLeafSize], UINT32_MAX, "leaf_size is too large", leaf));
  TRY(large(rt, f[kNodeOffset], small ? (u64{1} << 48) - 1 : UINT64_MAX, "node_offset is too large", offset));
  TRY(bounded(rt, f[kNodeDepth], 0, 0, 255, "node_depth must be between 0 and 255", node_depth));
  std::string inner_bounds = "inner_size must be between 0 and is " + std::to_string(longest);
  TRY(bounded(rt, f[kInnerSize], 0, 0, longest, inner_bounds.c_str(), inner));
  p.digest_size = static_cast<u8>(size);
  p.key_size = static_cast<u8>(key.size());
  p.fanout = static_cast<u8>(fanout);
  p.depth = static_cast<u8>(depth);
  p.leaf_size = static_cast<u32>(leaf);
  p.node_offset = offset;
  p.node_depth = static_cast<u8>(node_depth);
  p.inner_size = static_cast<u8>(inner);
  std::ranges::copy(salt, p.salt);
  std::ranges::copy(person, p.person);
  return Result::none();
}

template <bool small>
Result new_blake2(Runtime& rt, Frame& f) {
  Blake2Parameters parameters{};
  std::string_view key, bytes;
  TRY(blake2_parameters(rt, f, small, parameters, key));
  if (is_str(f[kData])) return raise(rt, TypeId::TypeError, "Strings must be encoded before hashing");
  if (!f[kData].is_unbound() && !bytes_like(f[kData], bytes)) {
    return raise(rt, TypeId::TypeError, "object supporting the buffer API required");
  }
  Digest state;
  blake2_start(state, small ? DigestKind::kBlake2s : DigestKind::kBlake2b, parameters);
  state.last_node = f[kLastNode].is_true();
  if (!key.empty()) {
    u8 block[128] = {};
    std::memcpy(block, key.data(), key.size());
    digest_update(state, block, state.block_size);
  }
  Capsule* hash = new_hash(rt, to<Type>(f[kClass]), small ? "blake2s" : "blake2b", state);
  return feed(rt, f, *hash, f[kData], Value::from(hash));
}

// --- tables

constexpr NativeSpec kMethods[] = {
    {"update", hash_update, "(self, obj, /)", "Update this hash object's state with the provided string."},
    {"digest", hash_digest, "(self, /)", "Return the digest value as a bytes object."},
    {"hexdigest", hash_hexdigest, "(self, /)", "Return the digest value as a string of hexadecimal digits."},
    {"copy", hash_copy, "(self, /)", "Return a copy of the hash object."},
};
constexpr NativeSpec kFreeMethods[] = {
    {"update", hash_update, "(self, obj, /)", "Update this hash object's state with the provided string."},
    {"digest", hash_digest, "(self, length, /)", "Return the digest value as a bytes object."},
    {"hexdigest", hash_hexdigest, "(self, length, /)",
     "Return the digest value as a string of hexadecimal digits."},
    {"copy", hash_copy, "(self, /)", "Return a copy of the hash object."},
};

constexpr const char* kSignature = "(string=b'', *, usedforsecurity=True)";
constexpr const char* kSha3Signature = "(data=b'', /, *, usedforsecurity=True)";
constexpr const char* kBlake2Signature =
    "(cls, data=b'', /, *, digest_size=64, key=b'', salt=b'', person=b'', fanout=1, depth=1, leaf_size=0, "
    "node_offset=0, node_depth=0, inner_size=0, last_node=False, usedforsecurity=True)";

constexpr NativeSpec kBlake2bMethods[] = {
    {"__new__", new_blake2<false>, kBlake2Signature, nullptr, 0, kStatic},
    kMethods[0],
    kMethods[1],
    kMethods[2],
    kMethods[3],
};
constexpr NativeSpec kBlake2sMethods[] = {
    {"__new__", new_blake2<true>, kBlake2Signature, nullptr, 0, kStatic},
    kMethods[0],
    kMethods[1],
    kMethods[2],
    kMethods[3],
};

constexpr NativeSpec kMd5Functions[] = {{"md5", new_md5, kSignature, "A new MD5 hash object."}};
constexpr NativeSpec kSha1Functions[] = {{"sha1", new_sha1, kSignature, "A new SHA1 hash object."}};
constexpr NativeSpec kSha256Functions[] = {{"sha224", new_sha224, kSignature, "A new SHA-224 hash object."},
                                           {"sha256", new_sha256, kSignature, "A new SHA-256 hash object."}};
constexpr NativeSpec kSha512Functions[] = {{"sha384", new_sha384, kSignature, "A new SHA-384 hash object."},
                                           {"sha512", new_sha512, kSignature, "A new SHA-512 hash object."}};
constexpr NativeSpec kSha3Functions[] = {{"sha3_224", new_sha3_224, kSha3Signature},
                                         {"sha3_256", new_sha3_256, kSha3Signature},
                                         {"sha3_384", new_sha3_384, kSha3Signature},
                                         {"sha3_512", new_sha3_512, kSha3Signature}};

void set_up_plain(Runtime& rt, Module& module) {
  TextBuffer scratch;
  std::string name(str_utf8(module.name, scratch));
  new_capsule_class(rt, module, name.c_str(), "hash", kMethods);
}

constexpr NativeSpec kShakeFunctions[] = {{"shake_128", new_shake_128, kSha3Signature},
                                          {"shake_256", new_shake_256, kSha3Signature}};

void set_up_shake(Runtime& rt, Module& module) {
  new_capsule_class(rt, module, "_shake", "hash", kFreeMethods);
}

void set_up_blake2(Runtime& rt, Module& module) {
  for (bool small : {false, true}) {
    const char* name = small ? "blake2s" : "blake2b";
    Type* type = new_capsule_class(rt, module, "_blake2", name,
                                   small ? std::span<const NativeSpec>(kBlake2sMethods) : kBlake2bMethods);
    auto set = [&](const char* attribute, u64 v) {
      type_set_attribute(rt, type, intern(rt, attribute), Value::from_int(static_cast<i64>(v)));
    };
    set("SALT_SIZE", kBlake2Salt[small]);
    set("PERSON_SIZE", kBlake2Salt[small]);
    set("MAX_KEY_SIZE", kBlake2Key[small]);
    set("MAX_DIGEST_SIZE", kBlake2Key[small]);
    module_set(rt, module, name, Value::from(type));
  }
}

}  // namespace

// hash, data, where to go on, result → result: takes in the rest of the data, letting others run.
Result hash_on(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      while (f[2].as_int() != 0) {
        AWAIT(1, pause(rt, f, kTicksOfPiece));
        u64 at = take_in(digest_of(f), f[1], static_cast<u64>(f[2].as_int()));
        f[2] = Value::from_int(static_cast<i64>(at));
      }
      return f[3];
  }
  LISLE_UNREACHABLE();
}

std::span<const NativeSpec> hash_methods() {
  return kMethods;
}
std::span<const NativeSpec> shake_methods() {
  return kFreeMethods;
}
std::span<const NativeSpec> blake2b_methods() {
  return kBlake2bMethods;
}
std::span<const NativeSpec> blake2s_methods() {
  return kBlake2sMethods;
}

extern const ModuleSpec kMd5Module{"_md5", "MD5.", kMd5Functions, set_up_plain};
extern const ModuleSpec kSha1Module{"_sha1", "SHA-1.", kSha1Functions, set_up_plain};
extern const ModuleSpec kSha256Module{"_sha256", "SHA-224 and SHA-256.", kSha256Functions, set_up_plain};
extern const ModuleSpec kSha512Module{"_sha512", "SHA-384 and SHA-512.", kSha512Functions, set_up_plain};
extern const ModuleSpec kSha3CoreModule{"_sha3_core", "SHA-3.", kSha3Functions, set_up_plain};
extern const ModuleSpec kShakeModule{"_shake", "SHAKE.", kShakeFunctions, set_up_shake};
extern const ModuleSpec kBlake2Module{"_blake2", "BLAKE2.", {}, set_up_blake2};

}  // namespace lisle::rt
