// Ints as text and text as ints. Large conversions go through GMP's mpn_get_str and mpn_set_str, which take
// less than quadratic time; the limit on decimal digits is the language's.
#include <charconv>
#include <cmath>
#include <cstring>
#include <vector>

#include "runtime/support/number_text.h"
#include "runtime/support/text.h"
#include "runtime/types/int_limbs.h"
#include "runtime/types/str.h"

namespace lisle::rt {

namespace {

// Texts up to this length are converted whatever the limit says.
constexpr u64 kDigitsAlwaysAllowed = 640;

bool is_power_of_two(int base) {
  return (base & (base - 1)) == 0;
}

Result raise_too_many_digits(Runtime& rt) {
  return raise(
      rt, TypeId::ValueError,
      "Exceeds the limit (%u digits) for integer string conversion; use sys.set_int_max_str_digits() to "
      "increase the limit",
      rt.max_str_digits);
}

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'z' ? c - 'a' + 10 : 99;
}

}  // namespace

Result int_to_digits(Runtime& rt, Value v, int base, std::string& out) {
  i64 word = 0;
  if (int_to_i64(v, word) && base == 10) {
    char buffer[24];
    out = decimal_text(word, buffer);
    return Result::none();
  }
  if (int_to_i64(v, word)) {
    char buffer[72];
    out.assign(buffer, std::to_chars(buffer, buffer + sizeof buffer, word, base).ptr);
    return Result::none();
  }
  IntView view(v);
  u64 limit = base == 10 ? rt.max_str_digits : 0;
  f64 estimate = static_cast<f64>(view.bit_length()) / std::log2(base);
  if (limit != 0 && estimate > static_cast<f64>(std::max(limit, kDigitsAlwaysAllowed)) + 1) {
    return raise_too_many_digits(rt);
  }
  // mpn_get_str destroys its operand, except in bases that are powers of two.
  std::vector<u64> scratch(view.limbs(), view.limbs() + view.count());
  std::vector<u8> digits(static_cast<size_t>(estimate) + 8);
  size_t length = mpn_get_str(digits.data(), base, scratch.data(), static_cast<mp_size_t>(view.count()));
  size_t first = 0;
  while (first + 1 < length && digits[first] == 0) ++first;
  if (limit != 0 && length - first > std::max(limit, kDigitsAlwaysAllowed)) return raise_too_many_digits(rt);
  out.clear();
  out.reserve(length - first + 1);
  if (view.negative()) out += '-';
  for (size_t i = first; i < length; ++i) out += "0123456789abcdefghijklmnopqrstuvwxyz"[digits[i]];
  return Result::none();
}

Result int_to_text(Runtime& rt, Value v, int base, Str*& out) {
  if (v.is_int() && base == 10) {
    char buffer[24];
    out = new_str_ascii(rt, decimal_text(v.as_int(), buffer));
    return Result::none();
  }
  if (v.is_int()) {
    char buffer[72];
    char* end = std::to_chars(buffer, buffer + sizeof buffer, v.as_int(), base).ptr;
    out = new_str_latin1(rt, {buffer, static_cast<size_t>(end - buffer)});
    return Result::none();
  }
  std::string digits;
  TRY(int_to_digits(rt, v, base, digits));
  out = new_str_latin1(rt, digits);
  return Result::none();
}

Value int_from_digits(Runtime& rt, const char* digits, size_t length, int base) {
  u64 word = 0;
  auto [end, error] = std::from_chars(digits, digits + length, word, base);
  if (error == std::errc()) return new_int_unsigned(rt, word);
  std::vector<u8> values(length);
  for (size_t i = 0; i < length; ++i) values[i] = static_cast<u8>(digit_of(digits[i]));
  size_t room = static_cast<size_t>(static_cast<f64>(length) * std::log2(base) / 64) + 2;
  Int* o = new_int_object(rt, room);
  mpn_set_str(o->limbs, values.data(), length, base);
  return finish_int(rt, o, false);
}

// --- parsing ---------------------------------------------------------------------------------------------

std::string number_ascii(const Str* text) {
  if (text->is_ascii()) return std::string(text->latin1());
  std::string out(text->length, '?');
  for (u64 i = 0; i < text->length; ++i) {
    u32 c = text->at(i);
    int digit = decimal_digit_value(c);
    if (c < 128) {
      out[i] = static_cast<char>(c);
    } else if (digit >= 0) {
      out[i] = static_cast<char>('0' + digit);
    } else if (is_space_code_point(c)) {
      out[i] = ' ';
    }
  }
  return out;
}

namespace {

// Takes a base prefix away when `base` allows or demands one; finds the base where it is 0. False for a
// decimal literal with leading zeros, which base 0 refuses.
bool take_prefix(std::string_view& text, int& base, bool& prefixed) {
  int found = 0;
  if (text.size() >= 2 && text[0] == '0') {
    char mark = text[1] | 0x20;
    found = mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 0;
  }
  if (found != 0 && (base == 0 || base == found)) {
    base = found;
    text.remove_prefix(2);
    prefixed = true;
    return true;
  }
  if (base != 0) return true;
  base = 10;
  return text.empty() || text[0] != '0' || text.find_first_not_of("0_") == std::string_view::npos;
}

// The digits without their underscores; false unless every character is a digit of `base` and every
// underscore stands between digits (or behind the prefix).
bool collect_digits(std::string_view text, int base, bool prefixed, std::string& digits) {
  char previous = prefixed ? '0' : '_';
  for (char c : text) {
    if (c == '_') {
      if (previous == '_') return false;
    } else {
      if (digit_of(c) >= base) return false;
      digits += c;
    }
    previous = c;
  }
  return !digits.empty() && previous != '_';
}

}  // namespace

Result int_from_text(Runtime& rt, std::string_view text, int base) {
  while (!text.empty() && is_space_code_point(static_cast<u8>(text.front()))) text.remove_prefix(1);
  while (!text.empty() && is_space_code_point(static_cast<u8>(text.back()))) text.remove_suffix(1);
  bool negative = false, prefixed = false;
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
    negative = text[0] == '-';
    text.remove_prefix(1);
  }
  if (!take_prefix(text, base, prefixed)) return Value::unbound();
  std::string digits;
  if (!collect_digits(text, base, prefixed, digits)) return Value::unbound();
  u64 limit = rt.max_str_digits;
  if (limit != 0 && !is_power_of_two(base) && digits.size() > std::max(limit, kDigitsAlwaysAllowed)) {
    return raise(rt, TypeId::ValueError,
                 "Exceeds the limit (%u digits) for integer string conversion: value has %zu digits; use "
                 "sys.set_int_max_str_digits() to increase the limit",
                 rt.max_str_digits, digits.size());
  }
  Value magnitude = int_from_digits(rt, digits.data(), digits.size(), base);
  return negative ? int_neg(rt, magnitude) : magnitude;
}

}  // namespace lisle::rt
