// Tracebacks as text: entries with source lines and carets, the layout of syntax errors, and suggestions for
// misspelt names. Nothing here asks the program.
#include <algorithm>
#include <map>

#include "runtime/builtins/caret_anchors.h"
#include "runtime/builtins/print_exception.h"
#include "runtime/host.h"
#include "runtime/protocols/attribute.h"
#include "runtime/support/utf8.h"
#include "runtime/types/exception.h"
#include "runtime/types/int.h"
#include "runtime/types/module.h"

namespace lisle::rt {

namespace {

constexpr u64 kMaxEntries = 1000;  // the innermost entries of long tracebacks
constexpr u64 kRepeatsShown = 3;   // equal entries in a row, before they are only counted

std::u32string decode(std::string_view text) {
  std::u32string out;
  for (size_t i = 0; i < text.size();) out.push_back(decode_lenient(text, i));
  return out;
}

std::string encode(std::u32string_view text) {
  std::string out;
  char buffer[4];
  for (char32_t c : text) out.append(buffer, encode_utf8_char(c, buffer));
  return out;
}

bool is_blank(char32_t c) {
  return c == ' ' || c == '\t' || c == '\f';
}

// Lines of source files, read once for a whole text.
class SourceLines {
 public:
  explicit SourceLines(Runtime& rt) : rt_(rt) {}

  // Line `number` from 1; false when there is no such file or line.
  bool line(const std::string& file, u32 number, std::string& out) {
    auto [entry, is_new] = files_.try_emplace(file);
    if (is_new && rt_.host) {
      std::string text;
      if (!file.starts_with('<') && rt_.host->read_file(file.c_str(), text) == 0) split(text, entry->second);
    }
    if (number == 0 || number > entry->second.size()) return false;
    out = entry->second[number - 1];
    return true;
  }

 private:
  static void split(const std::string& text, std::vector<std::string>& lines) {
    size_t start = 0;
    while (start < text.size()) {
      size_t end = text.find_first_of("\r\n", start);
      if (end == std::string::npos) end = text.size();
      lines.push_back(text.substr(start, end - start));
      start = end + (text.compare(end, 2, "\r\n") == 0 ? 2 : 1);
    }
  }

  Runtime& rt_;
  std::map<std::string, std::vector<std::string>> files_;
};

// Columns count bytes; carets count characters.
size_t character_of_byte(std::string_view line, size_t byte) {
  size_t characters = 0;
  for (size_t i = 0; i < std::min(byte, line.size()); ++i) characters += (line[i] & 0xC0) != 0x80;
  return characters;
}

// The line of carets under a source line, or nothing where it would only underline all of it.
std::string caret_line(const std::string& source, const SourcePosition& at, size_t indent) {
  constexpr u32 kUnknown = 0xffff;
  if (at.line == 0 || at.end_line == 0 || at.column == kUnknown || at.end_column == kUnknown) return "";
  std::u32string line = decode(source);
  size_t start = character_of_byte(source, at.column), end = character_of_byte(source, at.end_column);
  CaretAnchors anchors;
  if (at.line == at.end_line) {
    if (start > end || end > line.size()) return "";
    anchors = find_anchors(std::u32string_view(line).substr(start, end - start));
  } else {
    end = line.size();
    while (end > 0 && is_blank(line[end - 1])) --end;
  }
  bool has_anchors = anchors.left >= 0;
  if (end - start == line.size() - indent && !has_anchors) return "";
  std::string out;
  for (size_t i = indent; i < end; ++i) {
    if (i < start) {
      out += ' ';
      continue;
    }
    auto offset = static_cast<i64>(i - start);
    bool strong = !has_anchors || (offset >= anchors.left && offset < anchors.right);
    out += strong ? '^' : '~';
  }
  return out;
}

std::string entry_text(SourceLines& sources, const Traceback& t, const std::string& margin) {
  const Code& code = *to<Function>(t.function)->code;
  SourcePosition at = code_position(code, t.instruction);
  std::string file = utf8_of(code.filename);
  std::string out = margin + "  File \"" + file + "\", line " + std::to_string(at.line) + ", in " +
                    utf8_of(code.name) + "\n";
  std::string source;
  if (!sources.line(file, at.line, source)) return out;
  size_t indent = 0;
  while (indent < source.size() && is_blank(static_cast<unsigned char>(source[indent]))) ++indent;
  out += margin + "    " + source.substr(indent) + "\n";
  std::string carets = caret_line(source, at, indent);
  if (!carets.empty()) out += margin + "    " + carets + "\n";
  return out;
}

// Without the margin of groups, as CPython leaves it out.
std::string repeated_text(u64 count) {
  u64 more = count - kRepeatsShown;
  return "  [Previous line repeated " + std::to_string(more) + " more time" + (more > 1 ? "s" : "") + "]\n";
}

}  // namespace

u64 traceback_limit(Runtime& rt) {
  Value limit = dict_get_str(rt, *rt.sys->dict, intern(rt, "tracebacklimit"));
  if (limit.is_unbound() || !is_int_like(limit)) return kMaxEntries;
  i64 number;
  if (!int_to_i64(limit, number)) return int_is_negative(limit) ? 0 : ~u64{0};
  return number < 0 ? 0 : static_cast<u64>(number);
}

std::string traceback_text(Runtime& rt, Value traceback, const std::string& margin) {
  SourceLines sources(rt);
  u64 depth = 0;
  for (Value at = traceback; is_kind(at, Kind::Traceback); at = to<Traceback>(at)->next) ++depth;
  Value at = traceback;
  for (const u64 limit = traceback_limit(rt); depth > limit; --depth) at = to<Traceback>(at)->next;
  std::string out;
  const Traceback* last = nullptr;
  u64 count = 0;
  for (; is_kind(at, Kind::Traceback); at = to<Traceback>(at)->next) {
    const Traceback& t = *to<Traceback>(at);
    if (!is_kind(t.function, Kind::Function)) continue;
    const Code& code = *to<Function>(t.function)->code;
    bool same = false;
    if (last) {
      const Code& before = *to<Function>(last->function)->code;
      same = before.filename == code.filename && before.name == code.name &&
             code_position(before, last->instruction).line == code_position(code, t.instruction).line;
    }
    if (!same) {
      if (count > kRepeatsShown) out += repeated_text(count);
      count = 0;
    }
    last = &t;
    if (++count <= kRepeatsShown) out += entry_text(sources, t, margin);
  }
  if (count > kRepeatsShown) out += repeated_text(count);
  return out;
}

std::string syntax_error_text(Runtime& rt, Value exception, const std::string& margin) {
  const Exception& e = *to<Exception>(exception);
  static_cast<void>(rt);
  if (!e.extra[kSyntaxLine].is_int()) return "";
  auto number = [&e](ExtraIndex i) { return e.extra[i].is_int() ? e.extra[i].as_int() : -1; };
  Value file = e.extra[kSyntaxFilename];
  i64 line_number = number(kSyntaxLine), offset = number(kSyntaxOffset);
  i64 end_line = number(kSyntaxEndLine), end_offset = number(kSyntaxEndOffset);
  std::string out = margin + "  File \"" + (is_str(file) ? utf8_of(to<Str>(file)) : "<string>") +
                    "\", line " + std::to_string(line_number) + "\n";
  if (!is_str(e.extra[kSyntaxText])) return out;
  std::u32string text = decode(utf8_of(to<Str>(e.extra[kSyntaxText])));
  if (end_line > line_number) end_offset = static_cast<i64>(text.size()) + 1;
  i64 carets = end_offset > 0 && end_offset > offset ? end_offset - offset : 1;
  --offset;
  size_t indent = 0;
  while (indent < text.size() && is_blank(text[indent])) ++indent;
  offset -= static_cast<i64>(indent);
  text.erase(0, indent);
  if (text.ends_with(U'\n')) text.pop_back();
  offset = std::min(offset, static_cast<i64>(text.size()));
  for (size_t newline; (newline = text.find(U'\n')) != text.npos && static_cast<i64>(newline) < offset;) {
    text.erase(0, newline + 1);
    offset -= static_cast<i64>(newline) + 1;
  }
  out += margin + "    " + encode(text) + "\n";
  if (offset < 0) return out;
  return out + margin + "    " + std::string(static_cast<size_t>(offset), ' ') +
         std::string(static_cast<size_t>(carets), '^') + "\n";
}

std::string exception_class_name(Runtime& rt, Value exception) {
  Type* type = type_of(rt, exception);
  std::string name = utf8_of(type->qualname);
  Value module = dict_get_str(rt, *type->dict, rt.names.module);
  if (module.is_unbound()) return name;
  if (!is_str(module)) return "<unknown>." + name;
  std::string prefix = utf8_of(to<Str>(module));
  return prefix == "builtins" || prefix == "__main__" ? name : prefix + "." + name;
}

// --- suggestions
// -----------------------------------------------------------------------------------------------------------

namespace {

constexpr size_t kMaxCandidates = 750;
constexpr size_t kMaxLength = 40;
constexpr size_t kMoveCost = 2, kCaseCost = 1;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

size_t substitution_cost(char a, char b) {
  if (a == b) return 0;
  return lower(a) == lower(b) ? kCaseCost : kMoveCost;
}

// Edit distance in which letters of other case cost half; more than `limit` when it would exceed that.
size_t edit_distance(std::string_view a, std::string_view b, size_t limit) {
  if (a == b) return 0;
  while (!a.empty() && !b.empty() && a.front() == b.front()) a.remove_prefix(1), b.remove_prefix(1);
  while (!a.empty() && !b.empty() && a.back() == b.back()) a.remove_suffix(1), b.remove_suffix(1);
  if (a.empty() || b.empty()) return (a.size() + b.size()) * kMoveCost;
  if (a.size() > kMaxLength || b.size() > kMaxLength) return limit + 1;
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j * kMoveCost;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i * kMoveCost;
    for (size_t j = 1; j <= b.size(); ++j) {
      size_t above = row[j];
      row[j] =
          std::min(diagonal + substitution_cost(a[i - 1], b[j - 1]), std::min(above, row[j - 1]) + kMoveCost);
      diagonal = above;
    }
  }
  return row[b.size()];
}

using Names = std::vector<std::string>;

void add_keys(const Dict& d, Names& out) {
  u64 position = 0;
  Value key, value;
  while (dict_next(d, position, key, value))
    if (is_str(key)) out.push_back(utf8_of(to<Str>(key)));
}

std::string closest(const Names& candidates, const std::string& name) {
  if (candidates.size() >= kMaxCandidates) return "";
  std::string best;
  size_t best_distance = ~size_t{0};
  for (const std::string& item : candidates) {
    if (item == name) continue;
    size_t limit = std::min((name.size() + item.size() + 3) * kMoveCost / 6, best_distance - 1);
    size_t distance = edit_distance(name, item, limit);
    if (distance > limit) continue;
    if (best.empty() || distance < best_distance) {
      best = item;
      best_distance = distance;
    }
  }
  return best;
}

// dir() of an object as far as it is known without asking.
Names attribute_names(Runtime& rt, Value obj) {
  Names out;
  if (auto* cls = as<Type>(obj)) {
    for (u64 i = 0; i < cls->mro->size; ++i) add_keys(*to<Type>(cls->mro->items[i])->dict, out);
  } else {
    if (obj.is_object() && has_attribute_storage(rt, obj.object()))
      add_keys(*attribute_dict(rt, obj.object()), out);
    const Tuple* mro = type_of(rt, obj)->mro;
    if (!is_kind(obj, Kind::Module))
      for (u64 i = 0; i < mro->size; ++i) add_keys(*to<Type>(mro->items[i])->dict, out);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::string closest_variable(const Traceback& last, const std::string& name) {
  const Function& function = *to<Function>(last.function);
  Names names;
  for (u64 i = 0; i < function.code->locals->size; ++i)
    if (is_str(function.code->locals->items[i]))
      names.push_back(utf8_of(to<Str>(function.code->locals->items[i])));
  if (std::string found = closest(names, name); !found.empty()) return found;
  names.clear();
  add_keys(*function.globals, names);
  if (std::string found = closest(names, name); !found.empty()) return found;
  names.clear();
  add_keys(*function.builtins, names);
  return closest(names, name);
}

}  // namespace

std::string suggestion_text(Runtime& rt, Value exception) {
  const Exception& e = *to<Exception>(exception);
  TypeId family = exception_family(type_of(rt, exception));
  if ((family != TypeId::NameError && family != TypeId::AttributeError) || !is_str(e.extra[kErrorName]))
    return "";
  std::string name = utf8_of(to<Str>(e.extra[kErrorName]));
  std::string found;
  if (family == TypeId::AttributeError) {
    if (!e.extra[kErrorObject].is_none()) found = closest(attribute_names(rt, e.extra[kErrorObject]), name);
  } else {
    Value last = e.traceback;
    while (is_kind(last, Kind::Traceback) && is_kind(to<Traceback>(last)->next, Kind::Traceback))
      last = to<Traceback>(last)->next;
    if (is_kind(last, Kind::Traceback)) found = closest_variable(*to<Traceback>(last), name);
  }
  return found.empty() ? "" : ". Did you mean: '" + found + "'?";
}

}  // namespace lisle::rt
