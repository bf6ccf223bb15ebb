// The text side of files: encodings, newlines, lines, and StringIO.
#include <cstring>

#include "runtime/host.h"
#include "runtime/support/text.h"
#include "runtime/support/utf8.h"
#include "runtime/types/bytes.h"
#include "runtime/types/codecs.h"
#include "runtime/types/file.h"
#include "runtime/types/file_foreign.h"
#include "runtime/types/module.h"
#include "runtime/types/str_utf8.h"

namespace lisle::rt {
namespace {

bool same_encoding(const Str* name, std::string_view canonical) {
  // Case, '-' and '_' do not distinguish encodings.
  size_t at = 0;
  for (u64 i = 0; i < name->length; ++i) {
    u32 c = name->at(i);
    if (c == '-' || c == '_' || c == ' ') continue;
    if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
    if (at >= canonical.size() || c != static_cast<u8>(canonical[at])) return false;
    ++at;
  }
  return at == canonical.size();
}

Codec codec_of(const Str* encoding, bool& signature) {
  signature = same_encoding(encoding, "utf8sig");
  if (signature || same_encoding(encoding, "utf8") || same_encoding(encoding, "u8")) return Codec::kUtf8;
  if (same_encoding(encoding, "ascii") || same_encoding(encoding, "usascii")) return Codec::kAscii;
  if (same_encoding(encoding, "latin1") || same_encoding(encoding, "iso88591") ||
      same_encoding(encoding, "l1")) {
    return Codec::kLatin1;
  }
  return Codec::kOther;
}

std::string text_of(Value str) {
  TextBuffer scratch;
  return std::string(str_utf8(to<Str>(str), scratch));
}

// Decodes a run of bytes of a file that keeps whole characters together.
Result decode(Runtime& rt, File& file, std::string_view bytes) {
  if (file.codec == Codec::kLatin1) return Value::from(new_str_latin1(rt, bytes));
  if (file.has(File::kTransformed)) return Value::from(new_str(rt, bytes));
  if (Str* text = file.codec == Codec::kUtf8 ? new_str_well_formed(rt, bytes) : nullptr)
    return Value::from(text);
  const char* name = file.codec == Codec::kUtf8 ? "utf-8" : "ascii";
  return decode_bytes(rt, bytes, name, text_of(file.errors));
}

// Reads everything of a file in an encoding that is not scanned in place and leaves it as UTF-8 in the
// buffer.
Result transform_input(Runtime& rt, File& file) {
  std::string all;
  TRY(file_read_bytes(rt, file, -1, false, all));
  if (all.empty()) return Result::none();
  Str* text = to<Str>(TRY(decode_bytes(rt, all, text_of(file.encoding), text_of(file.errors))));
  std::string utf8;
  char unit[4];
  for (u64 i = 0; i < text->length; ++i) utf8.append(unit, encode_utf8_char(text->at(i), unit));
  file.in = new_raw(rt, utf8.size() + 1);
  memcpy(file.in->bytes, utf8.data(), utf8.size());
  file.in_begin = 0;
  file.in_end = utf8.size();
  file.flags |= File::kTransformed;
  rt.heap.wrote(&file);
  return Result::none();
}

// Makes input ready for scanning: foreign encodings are transformed, a signature is skipped.
Result prepare_input(Runtime& rt, File& file) {
  if (file.codec == Codec::kOther && !file.has(File::kTransformed)) return transform_input(rt, file);
  if (!file.utf8_signature) return Result::none();
  while (file.in_end - file.in_begin < 3) {
    if (TRY(file_fill(rt, file)).is_false()) break;
  }
  if (file.in_end - file.in_begin >= 3 && memcmp(file.in->bytes + file.in_begin, "\xEF\xBB\xBF", 3) == 0) {
    file.in_begin += 3;
  }
  file.utf8_signature = false;
  return Result::none();
}

// "\r\n" and "\r" become "\n", as newline=None asks.
void translate_newlines(File& file, std::string& text) {
  size_t to = 0;
  for (size_t from = 0; from < text.size(); ++from) {
    char c = text[from];
    if (c == '\n') file.flags |= File::kSeenLf;
    if (c == '\r') {
      c = '\n';
      bool pair = from + 1 < text.size() && text[from + 1] == '\n';
      file.flags |= pair ? File::kSeenCrLf : File::kSeenCr;
      if (pair) ++from;
    }
    text[to++] = c;
  }
  text.resize(to);
}

// Length of the line at the front of [p, end) with its end included, or 0 when the end is not in sight. A
// "\r" at the very end may be half of "\r\n": `last` says that no more will come.
size_t line_length(Newline mode, const u8* p, const u8* end, bool last) {
  size_t size = static_cast<size_t>(end - p);
  if (mode == Newline::kLf) {
    auto* at = static_cast<const u8*>(memchr(p, '\n', size));
    return at ? static_cast<size_t>(at - p) + 1 : 0;
  }
  for (size_t i = 0; i < size; ++i) {
    if (p[i] == '\n' && (mode == Newline::kUniversal || mode == Newline::kKeep)) return i + 1;
    if (p[i] != '\r') continue;
    if (mode == Newline::kCr) return i + 1;
    if (i + 1 == size && !last) return 0;
    if (i + 1 < size && p[i + 1] == '\n') return i + 2;
    if (mode != Newline::kCrLf) return i + 1;
  }
  return 0;
}

// Bytes that begin a character; a continuation byte of UTF-8 does not.
bool begins_character(const File& file, u8 byte) {
  if (file.codec == Codec::kLatin1 || file.codec == Codec::kAscii) return true;
  return (byte & 0xC0) != 0x80;
}

// Length of the prefix of [p, end) that holds `count` characters.
size_t characters_prefix(const File& file, const u8* p, const u8* end, u64 count) {
  const u8* at = p;
  for (; at < end; ++at) {
    if (!begins_character(file, *at)) continue;
    if (count-- == 0) break;
  }
  return static_cast<size_t>(at - p);
}

// --- StringIO

u32* units(File& file) {
  return reinterpret_cast<u32*>(file.in->bytes);
}

void reserve_units(Runtime& rt, File& file, u64 count) {
  if (file.in && file.in->capacity >= count * 4) return;
  u64 grown = count * 2 < 16 ? 16 : count * 2;
  Raw* raw = new_raw(rt, grown * 4);
  if (file.in) memcpy(raw->bytes, file.in->bytes, file.in_end * 4);
  file.in = raw;
  rt.heap.wrote(&file);
}

void memory_put(Runtime& rt, File& file, u32 c) {
  reserve_units(rt, file, file.in_begin + 1);
  u32* content = units(file);
  while (file.in_end < file.in_begin) content[file.in_end++] = 0;
  content[file.in_begin++] = c;
  if (file.in_begin > file.in_end) file.in_end = file.in_begin;
}

Result memory_write(Runtime& rt, File& file, Str* text) {
  if (!rt.heap.has_room((file.in_begin + text->length) * sizeof(u32)))
    return raise_with(rt, TypeId::MemoryError, Value::unbound());
  reserve_units(rt, file, file.in_begin + text->length);
  for (u64 i = 0; i < text->length; ++i) {
    u32 c = text->at(i);
    // StringIO translates on the way in: its content is what a reader gets.
    if (file.newline == Newline::kUniversal && c == '\r') {
      if (i + 1 < text->length && text->at(i + 1) == '\n') ++i;
      memory_put(rt, file, '\n');
    } else if (c == '\n' && file.newline == Newline::kCrLf) {
      memory_put(rt, file, '\r');
      memory_put(rt, file, '\n');
    } else if (c == '\n' && file.newline == Newline::kCr) {
      memory_put(rt, file, '\r');
    } else {
      memory_put(rt, file, c);
    }
  }
  return Result::none();
}

Result memory_take(Runtime& rt, File& file, u64 count) {
  if (file.in_begin >= file.in_end) return Value::from(rt.names.empty);
  u64 available = file.in_end - file.in_begin;
  if (count > available) count = available;
  Str* taken = new_str_utf32(rt, units(file) + file.in_begin, count);
  file.in_begin += count;
  return Value::from(taken);
}

Result memory_line(Runtime& rt, File& file, i64 limit) {
  if (file.in_begin >= file.in_end) return Value::from(rt.names.empty);
  u64 end = file.in_begin;
  u64 stop = file.in_end;
  if (limit >= 0 && static_cast<u64>(limit) < stop - end) stop = end + static_cast<u64>(limit);
  const u32* content = units(file);
  while (end < stop) {
    u32 c = content[end++];
    if (file.newline == Newline::kCr ? c == '\r' : c == '\n' && file.newline != Newline::kCrLf) break;
    if (c == '\r' && file.newline == Newline::kKeep) {
      if (end < stop && content[end] == '\n') ++end;
      break;
    }
    if (c == '\r' && file.newline == Newline::kCrLf && end < stop && content[end] == '\n') {
      ++end;
      break;
    }
  }
  return memory_take(rt, file, end - file.in_begin);
}

// A line of bytes from a file on a descriptor.
Result take_line(Runtime& rt, File& file, i64 limit, std::string& line) {
  Newline mode = file.is_text() ? file.newline : Newline::kLf;
  if (file.is_text()) TRY(prepare_input(rt, file));
  bool last = false;
  for (;;) {
    const u8* begin = file.in ? file.in->bytes + file.in_begin : nullptr;
    u64 available = file.in_begin < file.in_end ? file.in_end - file.in_begin : 0;
    size_t size = available ? line_length(mode, begin, begin + available, last) : 0;
    if (limit >= 0) {
      size_t allowed = file.is_text()
                           ? characters_prefix(file, begin, begin + available, static_cast<u64>(limit))
                           : static_cast<size_t>(limit);
      if (allowed < available && (size == 0 || size > allowed)) size = allowed;
      if (limit == 0) return Result::none();
    }
    if (size == 0 && last) size = available;
    if (size || last) {
      line.assign(reinterpret_cast<const char*>(begin), size);
      file.in_begin += size;
      return Result::none();
    }
    last = TRY(file_fill(rt, file)).is_false();
  }
}

// Text with the newlines that the file's lines end with.
std::string with_newlines(const File& file, std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c != '\n') {
      out += c;
    } else {
      out += file.newline == Newline::kCrLf ? "\r\n" : "\r";
    }
  }
  return out;
}

bool writes_other_newlines(const File& file) {
  return file.newline == Newline::kCr || file.newline == Newline::kCrLf;
}

// The encoding of what follows the byte order mark; null where there is none.
const char* encoding_behind_mark(const Str* encoding) {
  if (same_encoding(encoding, "utf16") || same_encoding(encoding, "u16")) return "utf-16-le";
  if (same_encoding(encoding, "utf32") || same_encoding(encoding, "u32")) return "utf-32-le";
  return nullptr;
}

Result write_encoded(Runtime& rt, File& file, std::string_view bytes, bool has_newline) {
  if (file.utf8_signature) {
    file.utf8_signature = false;
    TRY(file_write_bytes(rt, file, "\xEF\xBB\xBF"));
  }
  if (has_newline && file.codec != Codec::kOther && writes_other_newlines(file)) {
    std::string translated = with_newlines(file, bytes);
    TRY(file_write_bytes(rt, file, translated));
  } else {
    TRY(file_write_bytes(rt, file, bytes));
  }
  if (has_newline && file.has(File::kLineBuffered)) return file_flush(rt, file);
  return Result::none();
}

// Writes text in an encoding whose newlines and marks are not single bytes.
Result write_in_other_codec(Runtime& rt, File& file, Str* text) {
  std::string plain = text_of(Value::from(text)), encoding = text_of(file.encoding);
  const bool has_newline = plain.find('\n') != std::string::npos;
  if (has_newline && writes_other_newlines(file)) text = new_str(rt, with_newlines(file, plain));
  if (const char* rest = encoding_behind_mark(to<Str>(file.encoding))) {
    if (file.has(File::kMarkWritten)) encoding = rest;
    file.flags |= File::kMarkWritten;
  }
  Value encoded = TRY(encode_text(rt, text, encoding, text_of(file.errors)));
  return write_encoded(rt, file, to<Bytes>(encoded)->view(), has_newline);
}

}  // namespace

bool is_file_encoding(const Str& name) {
  bool signature;
  return codec_of(&name, signature) != Codec::kOther;
}

Result file_set_text(Runtime& rt, File& file, Value encoding, Value errors, Value newline) {
  Str* name =
      is_str(encoding) && !str_equals(to<Str>(encoding), "locale") ? to<Str>(encoding) : intern(rt, "utf-8");
  if (!is_str(encoding)) name = intern(rt, "UTF-8");
  file.encoding = Value::from(name);
  file.errors = is_str(errors) ? errors : Value::from(intern(rt, "strict"));
  file.codec = codec_of(name, file.utf8_signature);
  if (file.codec == Codec::kOther)
    TRY(encode_text(rt, rt.names.empty, text_of(file.encoding), text_of(file.errors)));
  file.newline = Newline::kUniversal;
  if (is_str(newline)) {
    Str* mark = to<Str>(newline);
    if (mark->length == 0) {
      file.newline = Newline::kKeep;
    } else if (str_equals(mark, "\n")) {
      file.newline = Newline::kLf;
    } else if (str_equals(mark, "\r")) {
      file.newline = Newline::kCr;
    } else if (str_equals(mark, "\r\n")) {
      file.newline = Newline::kCrLf;
    } else {
      TextBuffer scratch;
      std::string shown(str_utf8(mark, scratch));
      return raise(rt, TypeId::ValueError, "illegal newline value: '%s'", shown.c_str());
    }
  }
  rt.heap.wrote(&file);
  return Result::none();
}

Result file_write_str(Runtime& rt, File& file, Str* text) {
  if (file.has(File::kMemory)) return memory_write(rt, file, text);
  if (text->is_ascii()) {
    std::string_view bytes = text->latin1();
    if (file.codec != Codec::kOther)
      return write_encoded(rt, file, bytes, memchr(bytes.data(), '\n', bytes.size()));
  }
  if (file.codec == Codec::kOther) return write_in_other_codec(rt, file, text);
  std::string encoding = file.codec == Codec::kUtf8 ? "utf-8" : text_of(file.encoding);
  Value encoded = TRY(encode_text(rt, text, encoding, text_of(file.errors)));
  std::string_view bytes = to<Bytes>(encoded)->view();
  return write_encoded(rt, file, bytes, memchr(bytes.data(), '\n', bytes.size()));
}

Result file_write_utf8(Runtime& rt, File& file, std::string_view text) {
  if (file.has(File::kMemory) || file.codec != Codec::kUtf8)
    return file_write_str(rt, file, new_str(rt, text));
  return write_encoded(rt, file, text, memchr(text.data(), '\n', text.size()));
}

Result file_read_text(Runtime& rt, File& file, i64 count) {
  if (file.has(File::kMemory)) return memory_take(rt, file, count < 0 ? ~u64{0} : static_cast<u64>(count));
  TRY(prepare_input(rt, file));
  std::string bytes;
  if (count < 0) {
    TRY(file_read_bytes(rt, file, -1, false, bytes));
    if (file.newline == Newline::kUniversal) translate_newlines(file, bytes);
    return decode(rt, file, bytes);
  }
  // Newline translation can shorten what was taken, so the count is reached in rounds.
  u64 wanted = static_cast<u64>(count);
  while (wanted) {
    u64 available = file.in_end - file.in_begin;
    const u8* begin = file.in ? file.in->bytes + file.in_begin : nullptr;
    size_t size = available ? characters_prefix(file, begin, begin + available, wanted) : 0;
    // The next character's first byte must be in sight, or the last one may be cut and a "\r" may lose its
    // "\n".
    if (size == available && TRY(file_fill(rt, file)).is_true()) continue;
    if (size == 0) break;
    begin = file.in->bytes + file.in_begin;
    bool universal = file.newline == Newline::kUniversal;
    if (universal && begin[size - 1] == '\r' && size < file.in_end - file.in_begin && begin[size] == '\n')
      ++size;
    std::string part(reinterpret_cast<const char*>(begin), size);
    file.in_begin += size;
    if (universal) translate_newlines(file, part);
    for (char c : part) wanted -= begins_character(file, static_cast<u8>(c));
    bytes += part;
  }
  return decode(rt, file, bytes);
}

Result file_read_line(Runtime& rt, File& file, i64 limit) {
  if (file.has(File::kMemory) && file.is_text()) return memory_line(rt, file, limit);
  std::string line;
  TRY(take_line(rt, file, limit, line));
  if (!file.is_text()) return Value::from(new_bytes(rt, line));
  if (file.newline == Newline::kUniversal && !line.empty()) translate_newlines(file, line);
  return decode(rt, file, line);
}

bool flush_standard_streams(Runtime& rt) {
  if (!rt.sys) return true;
  bool good = true;
  for (Str* name : {rt.names.stdout, rt.names.stderr}) {
    Value stream = dict_get_str(rt, *rt.sys->dict, name);
    File* file = as<File>(stream);
    if (!file || file->is_closed() || !file->has(File::kOpen)) continue;
    if (file_flush(rt, *file).is_raised()) {
      take_raised(rt);
      good = good && name != rt.names.stdout;
    }
  }
  return good;
}

}  // namespace lisle::rt
