// Implements warn.h: imports the module at the first warning and calls it.
#include "runtime/builtins/warn.h"

#include "runtime/hooks.h"
#include "runtime/types/exception.h"
#include "runtime/types/item_at.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/type.h"

namespace lisle::rt {

Result warn(Runtime& rt, Frame& f, TypeId category, const std::string& text) {
  return call_internal(rt, f, Internal::Warn,
                       {Value::from(rt.type(category)), Value::from(new_str(rt, text))});
}

// f: category, text.
Result warn_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, call_internal(rt, f, Internal::ImportLoad, {Value::from(intern(rt, "warnings"))}));
      AWAIT(2, call_method(rt, f, r.value(), intern(rt, "warn"), {f[1], f[0]}));
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

namespace {

enum Row : u32 { kText, kIsDeprecation, kLine, kColumn, kSource, kEndLine, kEndColumn };

Value row_of(Runtime& rt, const CompileWarning& w) {
  Str *text = new_str(rt, w.text), *source = new_str(rt, w.source_line);
  Tuple* row = new_tuple(rt, 7);
  row->items[kText] = Value::from(text);
  row->items[kIsDeprecation] = Value::from_bool(w.is_deprecation);
  row->items[kLine] = Value::from_int(w.line);
  row->items[kColumn] = Value::from_int(w.column);
  row->items[kSource] = Value::from(source);
  row->items[kEndLine] = Value::from_int(w.end_line);
  row->items[kEndColumn] = Value::from_int(w.end_column);
  rt.heap.wrote(row);
  return Value::from(row);
}

TypeId category_of(const Tuple& row) {
  return row.items[kIsDeprecation].is_true() ? TypeId::DeprecationWarning : TypeId::SyntaxWarning;
}

Result warn_explicitly(Runtime& rt, Frame& f, const Tuple& row) {
  return call_method(rt, f, f[4], intern(rt, "warn_explicit"),
                     {row.items[kText], Value::from(rt.type(category_of(row))), f[1], row.items[kLine]});
}

Result raise_as_syntax_error(Runtime& rt, const Tuple& row, Value filename) {
  Value details[6] = {filename,           row.items[kLine],    row.items[kColumn],
                      row.items[kSource], row.items[kEndLine], row.items[kEndColumn]};
  Value arguments[2] = {row.items[kText], Value::from(new_tuple_from(rt, details, 6))};
  Exception* e = new_exception_of(rt, rt.type(TypeId::SyntaxError), new_tuple_from(rt, arguments, 2));
  TRY(init_exception(rt, *e));
  return raise_value(rt, Value::from(e));
}

}  // namespace

Value take_source_warnings(Runtime& rt) {
  if (!rt.hooks || rt.hooks->warnings.empty()) return Value::none();
  List* rows = new_list(rt);
  for (const CompileWarning& w : rt.hooks->warnings) list_append(rt, *rows, row_of(rt, w));
  rt.hooks->warnings.clear();
  return Value::from(rows);
}

Result warn_of_source(Runtime& rt, Frame& f, Value code, Str* filename) {
  Value rows = take_source_warnings(rt);
  if (rows.is_none()) return code;
  return call_internal(rt, f, Internal::WarnOfSource, {code, Value::from(filename), rows});
}

// f: code, filename, rows, how many of them were told, the module warnings.
Result warn_of_source_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  auto* rows = to<List>(f[2]);
  switch (f.step()) {
    case 0:
      AWAIT_CATCH(1, call_internal(rt, f, Internal::ImportLoad, {Value::from(intern(rt, "warnings"))}));
      if (r.is_raised()) return r;
      f[4] = r.value();
      for (f[3] = Value::from_int(0); static_cast<u64>(f[3].as_int()) < rows->size;
           f[3] = Value::from_int(f[3].as_int() + 1)) {
        AWAIT_CATCH(2, warn_explicitly(rt, f, *to<Tuple>(item_at(rows, f[3]))));
        if (!r.is_raised()) continue;
        const Tuple& row = *to<Tuple>(item_at(rows, f[3]));
        if (!raised_is(rt, category_of(row))) return r;
        (void)take_raised(rt);
        return raise_as_syntax_error(rt, row, f[1]);
      }
      return f[0];
  }
  LISLE_UNREACHABLE();
}

}  // namespace lisle::rt
