// Exception instances and traceback entries: making them, and what their constructors derive from the
// arguments.
#include "runtime/types/exception.h"

#include "runtime/runtime.h"
#include "runtime/types/bytes.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/instance.h"
#include "runtime/types/int.h"

namespace lisle::rt {

namespace {

// A row of Code::line_table, as vm/bytecode/instruction.h defines it (that layer is above this one).
struct PositionRow {
  u32 start, line, end_line;
  u16 column, end_column;
};

Result init_os_error(Runtime& rt, Exception& e) {
  u64 count = e.args->size;
  if (count < 2 || count > 5) return Result::none();
  e.extra[kErrno] = e.args->items[0];
  e.extra[kStrerror] = e.args->items[1];
  if (count == 2) return Result::none();
  Value filename = e.args->items[2];
  bool blocking = is_subtype(rt.shapes[e.shape]->type, rt.type(TypeId::BlockingIOError));
  if (blocking && is_int_like(filename)) {
    e.extra[kCharactersWritten] = filename;
  } else if (!filename.is_none()) {
    e.extra[kFilename] = filename;
    if (count == 5 && !e.args->items[4].is_none()) e.extra[kFilename2] = e.args->items[4];
    e.args = new_tuple_from(rt, e.args->items, 2);
  }
  return Result::none();
}

Result init_syntax_error(Runtime& rt, Exception& e) {
  u64 count = e.args->size;
  if (count) e.extra[kSyntaxMsg] = e.args->items[0];
  if (count != 2) return Result::none();
  Value info = e.args->items[1];
  if (auto* list = as<List>(info)) info = Value::from(new_tuple_from(rt, list->items->items, list->size));
  if (auto* text = as<Str>(info)) {
    Tuple* letters = new_tuple(rt, text->length);
    for (u64 i = 0; i < text->length; ++i) letters->items[i] = Value::from(str_from_char(rt, text->at(i)));
    info = Value::from(letters);
  }
  Tuple* t = as<Tuple>(info);
  if (!t) return raise(rt, TypeId::TypeError, "'%s' object is not iterable", type_name(rt, info));
  if (t->size < 4)
    return raise(rt, TypeId::TypeError, "function takes at least 4 arguments (%llu given)",
                 static_cast<unsigned long long>(t->size));
  if (t->size > 6)
    return raise(rt, TypeId::TypeError, "function takes at most 6 arguments (%llu given)",
                 static_cast<unsigned long long>(t->size));
  for (u64 i = 0; i < t->size; ++i) e.extra[kSyntaxFilename + i] = t->items[i];
  if (t->size == 5)
    return raise(rt, TypeId::TypeError, "end_offset must be provided when end_lineno is provided");
  return Result::none();
}

// Text, places and what could not be translated, in the order in which CPython's parser looks at them.
Result check_unicode_arguments(Runtime& rt, const Tuple& args, bool has_encoding, bool decodes) {
  for (u64 i = 0; i < args.size; ++i) {
    u64 field = i + (has_encoding ? 0 : 1);
    Value v = args.items[i];
    bool place = field == kUnicodeStart || field == kUnicodeEnd;
    if (place && !is_int_like(v))
      return raise(rt, TypeId::TypeError, "'%s' object cannot be interpreted as an integer",
                   type_name(rt, v));
    if (!place && !(decodes && field == kUnicodeObject) && !is_str(v))
      return raise(rt, TypeId::TypeError, "argument %llu must be str, not %s",
                   static_cast<unsigned long long>(i + 1), argument_type(rt, v));
  }
  return Result::none();
}

Result init_unicode_error(Runtime& rt, Exception& e, bool has_encoding) {
  u64 wanted = has_encoding ? 5 : 4;
  if (e.args->size != wanted)
    return raise(rt, TypeId::TypeError, "function takes exactly %llu arguments (%llu given)",
                 static_cast<unsigned long long>(wanted), static_cast<unsigned long long>(e.args->size));
  bool decodes = exception_family(rt.shapes[e.shape]->type) == TypeId::UnicodeDecodeError;
  TRY(check_unicode_arguments(rt, *e.args, has_encoding, decodes));
  u64 first = has_encoding ? 0 : 1;
  for (u64 i = 0; i < wanted; ++i) e.extra[first + i] = e.args->items[i];
  // What could not be decoded is kept as it was.
  std::string_view bytes;
  if (decodes && !is_kind(e.extra[kUnicodeObject], Kind::Bytes) &&
      bytes_like(e.extra[kUnicodeObject], bytes)) {
    e.extra[kUnicodeObject] = Value::from(new_bytes(rt, bytes));
    rt.heap.wrote(&e);
  }
  return Result::none();
}

}  // namespace

TypeId exception_family(const Type* type) {
  for (u64 i = 0; i < type->mro->size; ++i) {
    auto id = static_cast<TypeId>(to<Type>(type->mro->items[i])->builtin_id - 1);
    switch (id) {
      case TypeId::StopIteration:
      case TypeId::SystemExit:
      case TypeId::OSError:
      case TypeId::SyntaxError:
      case TypeId::ImportError:
      case TypeId::AttributeError:
      case TypeId::NameError:
      case TypeId::UnicodeDecodeError:
      case TypeId::UnicodeEncodeError:
      case TypeId::UnicodeTranslateError:
      case TypeId::BaseExceptionGroup:
        return id;
      default:
        break;
    }
  }
  return TypeId::BaseException;
}

Result init_exception(Runtime& rt, Exception& e) {
  u64 count = e.args->size;
  Value first = count ? e.args->items[0] : Value::none();
  switch (exception_family(rt.shapes[e.shape]->type)) {
    case TypeId::StopIteration:
      e.extra[kStopValue] = first;
      return Result::none();
    case TypeId::SystemExit:
      e.extra[kExitCode] = count > 1 ? Value::from(e.args) : first;
      return Result::none();
    case TypeId::OSError:
      return init_os_error(rt, e);
    case TypeId::SyntaxError:
      return init_syntax_error(rt, e);
    case TypeId::ImportError:
      e.extra[kImportMsg] = count == 1 ? first : Value::none();
      return Result::none();
    case TypeId::UnicodeDecodeError:
    case TypeId::UnicodeEncodeError:
      return init_unicode_error(rt, e, true);
    case TypeId::UnicodeTranslateError:
      return init_unicode_error(rt, e, false);
    default:
      return Result::none();
  }
}

Exception* new_exception_of(Runtime& rt, Type* type, Tuple* args) {
  Exception* e = new_instance_of<Exception>(rt, type);
  e->args = args;
  e->traceback = e->context = e->cause = Value::none();
  for (Value& extra : e->extra) extra = Value::none();
  return e;
}

Exception* new_exception(Runtime& rt, TypeId type, Value argument) {
  Tuple* args = argument.is_unbound() ? rt.empty_tuple : new_tuple_from(rt, &argument, 1);
  Exception* e = new_exception_of(rt, rt.type(type), args);
  // Exceptions of one argument that C++ makes never have ill-formed ones.
  static_cast<void>(init_exception(rt, *e));
  return e;
}

bool leaves_no_trace(Value function) {
  constexpr std::string_view kInside = "<lisle _";
  const Function* of = as<Function>(function);
  const Str* file = of ? of->code->filename : nullptr;
  if (!file || file->length < kInside.size() || file->at(0) != '<') return false;
  for (u64 i = 0; i < kInside.size(); ++i)
    if (file->at(i) != static_cast<u32>(kInside[i])) return false;
  return true;
}

void add_traceback(Runtime& rt, Exception& e, Value function, u64 instruction, Value frame) {
  Traceback* t = rt.make<Traceback>(TypeId::Traceback);
  t->next = e.traceback;
  t->function = function;
  t->instruction = instruction;
  t->frame = frame;
  e.traceback = Value::from(t);
  rt.heap.wrote(&e);
}

namespace {

std::span<const PositionRow> code_rows(const Code& code) {
  if (!code.line_table) return {};
  return {reinterpret_cast<const PositionRow*>(code.line_table->bytes),
          code.line_table->capacity / sizeof(PositionRow)};
}

// One past the row that covers the instruction.
u64 end_of_row(const Code& code, u64 instruction) {
  std::span<const PositionRow> rows = code_rows(code);
  u64 low = 0, high = rows.size();
  while (low < high) {
    u64 middle = (low + high) / 2;
    if (rows[middle].start <= instruction)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

}  // namespace

SourcePosition code_position(const Code& code, u64 instruction) {
  std::span<const PositionRow> rows = code_rows(code);
  u64 at = end_of_row(code, instruction);
  // What belongs to no line follows from what stands before.
  while (at > 0 && rows[at - 1].line == 0) --at;
  if (at == 0) return {};
  const PositionRow& row = rows[at - 1];
  return {row.line, row.column, row.end_line, row.end_column};
}

bool has_line(const Code& code, u64 instruction) {
  u64 at = end_of_row(code, instruction);
  return at > 0 && code_rows(code)[at - 1].line != 0;
}

}  // namespace lisle::rt
