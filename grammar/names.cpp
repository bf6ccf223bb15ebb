// Owns: identifiers beyond ASCII (UAX 31 with NFKC, as Python has them), on the tables of utf8proc.
#include "grammar/names.h"

#include <utf8proc.h>

#include <cstdlib>

namespace lisle::grammar {
namespace {

const utf8proc_uint8_t* bytes(std::string_view text) {
  return reinterpret_cast<const utf8proc_uint8_t*>(text.data());
}

bool is_id_start(std::int32_t code) {
  switch (utf8proc_category(code)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_NL:
      return code != 0x2E2F;
    default:
      // Other_ID_Start, and the underscore.
      return code == '_' || code == 0x1885 || code == 0x1886 || code == 0x2118 || code == 0x212E ||
             code == 0x309B || code == 0x309C;
  }
}

bool is_id_continue(std::int32_t code) {
  switch (utf8proc_category(code)) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_PC:
      return true;
    default:
      // Other_ID_Continue.
      return is_id_start(code) || code == 0xB7 || code == 0x387 || (code >= 0x1369 && code <= 0x1371) ||
             code == 0x19DA;
  }
}

// Whether the compatibility form of one character still is (part of) an identifier.
bool closed_under_nfkc(std::int32_t code, bool first) {
  std::string character;
  append_utf8(character, static_cast<std::uint32_t>(code));
  std::string normal = normalised_name(character);
  std::size_t at = 0;
  while (at < normal.size()) {
    std::int32_t part = 0;
    utf8proc_ssize_t length =
        utf8proc_iterate(bytes(normal) + at, static_cast<utf8proc_ssize_t>(normal.size() - at), &part);
    if (length <= 0) return false;
    if (!(first && at == 0 ? is_id_start(part) : is_id_continue(part))) return false;
    at += length;
  }
  return true;
}

}  // namespace

bool is_ascii(std::string_view text) {
  for (char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

int utf8_length(char lead) {
  unsigned char byte = static_cast<unsigned char>(lead);
  return byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

void append_utf8(std::string& text, std::uint32_t code) {
  auto put = [&](std::uint32_t byte) { text += static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | code >> 6);
    put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12);
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | code >> 18);
    put(0x80 | (code >> 12 & 0x3F));
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  }
}

bool is_printable(std::int32_t code) {
  if (code == ' ') return true;
  switch (utf8proc_category(code)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_ZS:
      return false;
    default:
      return true;
  }
}

std::size_t first_bad_name_character(std::string_view name) {
  for (std::size_t at = 0; at < name.size();) {
    if (static_cast<unsigned char>(name[at]) < 0x80) {
      if (name[at] == 0x1A) return at;
      ++at;
      continue;
    }
    std::int32_t code = 0;
    utf8proc_ssize_t length =
        utf8proc_iterate(bytes(name) + at, static_cast<utf8proc_ssize_t>(name.size() - at), &code);
    if (length <= 0) return at;
    bool good = at == 0 ? is_id_start(code) : is_id_continue(code);
    if (!good || !closed_under_nfkc(code, at == 0)) return at;
    at += length;
  }
  return std::string_view::npos;
}

std::string normalised_name(std::string_view name) {
  utf8proc_uint8_t* normal = nullptr;
  auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT);
  utf8proc_ssize_t length =
      utf8proc_map(bytes(name), static_cast<utf8proc_ssize_t>(name.size()), &normal, options);
  std::string result = length < 0 ? std::string(name) : std::string(reinterpret_cast<char*>(normal), length);
  std::free(normal);
  return result;
}

}  // namespace lisle::grammar
