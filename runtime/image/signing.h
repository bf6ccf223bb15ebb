// Signatures of images: Ed25519 over the header, which holds a BLAKE2b digest of all that follows it. The
// sums of chunks tell of accidents; only the digest holds against somebody who tries. A build without
// libsodium knows neither to sign nor to compare, and says so.
#pragma once
#include <array>
#include <string>
#include <string_view>

#include "runtime/host.h"

namespace lisle::rt {

using Digest = std::array<u8, 32>;
using PublicKey = std::array<u8, 32>;
using SecretKey = std::array<u8, 32>;  // the seed that both halves of a pair are made from
using Signature = std::array<u8, 64>;

// Empty, or why this build cannot sign, as a sentence.
std::string signing_refusal();

class Digester {
 public:
  Digester();
  void add(const void* bytes, size_t count);
  Digest digest();

 private:
  [[maybe_unused]] alignas(64) u8 state_[384];
};

PublicKey public_key(const SecretKey& secret);
Signature sign(const SecretKey& secret, std::string_view bytes);
bool is_signed_by(const PublicKey& key, const Signature& signature, std::string_view bytes);

std::string hexadecimal(const PublicKey& key);

// Keys are kept in files of one line: "lisle-secret-key HEX" or "lisle-public-key HEX". Each yields an empty
// text, or a sentence that says what is wrong.
std::string read_secret_key(Host& host, const std::string& path, SecretKey& out);
std::string read_public_key(Host& host, const std::string& path, PublicKey& out);
// Makes a new pair: `path`, which its owner alone may read, and `path`.pub. Never replaces a file.
std::string make_keys(Host& host, const std::string& path);

}  // namespace lisle::rt
