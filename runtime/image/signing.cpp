// See signing.h. The only file that knows libsodium.
#include "runtime/image/signing.h"

#include <fcntl.h>

#include <cstring>

#ifdef LISLE_HAS_SODIUM
#include <sodium.h>
#endif

namespace lisle::rt {

#ifdef LISLE_HAS_SODIUM

static_assert(sizeof(Signature) == crypto_sign_BYTES && sizeof(SecretKey) == crypto_sign_SEEDBYTES &&
              sizeof(PublicKey) == crypto_sign_PUBLICKEYBYTES);

namespace {

crypto_generichash_state* digesting(u8* state) {
  static_assert(sizeof(crypto_generichash_state) <= 384);
  return reinterpret_cast<crypto_generichash_state*>(state);
}

// The secret key as libsodium has it, wiped when it is done with.
struct KeyPair {
  explicit KeyPair(const SecretKey& seed) { crypto_sign_seed_keypair(open.data(), secret, seed.data()); }
  ~KeyPair() { sodium_memzero(secret, sizeof secret); }
  KeyPair(const KeyPair&) = delete;
  KeyPair& operator=(const KeyPair&) = delete;

  PublicKey open;
  u8 secret[crypto_sign_SECRETKEYBYTES];
};

const u8* start_of(std::string_view bytes) {
  return reinterpret_cast<const u8*>(bytes.data());
}

}  // namespace

std::string signing_refusal() {
  return sodium_init() < 0 ? "libsodium cannot be used here" : "";
}

Digester::Digester() {
  crypto_generichash_init(digesting(state_), nullptr, 0, sizeof(Digest));
}
void Digester::add(const void* bytes, size_t count) {
  crypto_generichash_update(digesting(state_), static_cast<const u8*>(bytes), count);
}
Digest Digester::digest() {
  Digest out;
  crypto_generichash_final(digesting(state_), out.data(), out.size());
  return out;
}

PublicKey public_key(const SecretKey& secret) {
  return KeyPair(secret).open;
}
Signature sign(const SecretKey& secret, std::string_view bytes) {
  const KeyPair pair(secret);
  Signature out;
  crypto_sign_detached(out.data(), nullptr, start_of(bytes), bytes.size(), pair.secret);
  return out;
}
bool is_signed_by(const PublicKey& key, const Signature& signature, std::string_view bytes) {
  return crypto_sign_verify_detached(signature.data(), start_of(bytes), bytes.size(), key.data()) == 0;
}

#else

std::string signing_refusal() {
  return "this Lisle was built without libsodium";
}
Digester::Digester() : state_() {}
void Digester::add(const void*, size_t) {}
Digest Digester::digest() {
  return {};
}
PublicKey public_key(const SecretKey&) {
  return {};
}
Signature sign(const SecretKey&, std::string_view) {
  return {};
}
bool is_signed_by(const PublicKey&, const Signature&, std::string_view) {
  return false;
}

#endif

namespace {

constexpr char kSecretWord[] = "lisle-secret-key", kPublicWord[] = "lisle-public-key";

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

std::string read_key(Host& host, const std::string& path, const char* word, std::array<u8, 32>& out) {
  std::string text;
  const int failed = host.read_file(path.c_str(), text);
  if (failed) return "cannot read the key '" + path + "': " + strerror(-failed);
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ')) text.pop_back();
  const std::string start = std::string(word) + " ";
  const std::string wrong = "'" + path + "' is not a file with a " + word;
  if (!text.starts_with(start) || text.size() != start.size() + 2 * out.size()) return wrong;
  for (size_t i = 0; i < out.size(); ++i) {
    const int high = digit_of(text[start.size() + 2 * i]), low = digit_of(text[start.size() + 2 * i + 1]);
    if (high < 0 || low < 0) return wrong;
    out[i] = static_cast<u8>(high << 4 | low);
  }
  return "";
}

std::string write_key(Host& host, const std::string& path, const char* word, const std::array<u8, 32>& key,
                      u32 mode) {
  const int fd = host.open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL, mode);
  int failed = fd < 0 ? fd : 0;
  const std::string line = std::string(word) + " " + hexadecimal(key) + "\n";
  if (fd >= 0) {
    const i64 put = host.write(fd, line.data(), line.size());
    const int closed = host.close(fd);
    failed = put < 0 ? static_cast<int>(put) : put < static_cast<i64>(line.size()) ? -ENOSPC : closed;
  }
  return failed ? "cannot write the key '" + path + "': " + strerror(-failed) : "";
}

}  // namespace

std::string hexadecimal(const PublicKey& key) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const u8 byte : key) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

std::string read_secret_key(Host& host, const std::string& path, SecretKey& out) {
  const std::string refusal = signing_refusal();
  return refusal.empty() ? read_key(host, path, kSecretWord, out) : refusal;
}
std::string read_public_key(Host& host, const std::string& path, PublicKey& out) {
  const std::string refusal = signing_refusal();
  return refusal.empty() ? read_key(host, path, kPublicWord, out) : refusal;
}

std::string make_keys(Host& host, const std::string& path) {
  constexpr u32 kOwner = 0600, kAnyone = 0644;
  if (const std::string refusal = signing_refusal(); !refusal.empty()) return refusal;
  SecretKey secret;
  host.entropy(secret.data(), secret.size());
  const std::string wrong = write_key(host, path, kSecretWord, secret, kOwner);
  return wrong.empty() ? write_key(host, path + ".pub", kPublicWord, public_key(secret), kAnyone) : wrong;
}

}  // namespace lisle::rt
